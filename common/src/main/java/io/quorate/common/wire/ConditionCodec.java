package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.StoreStatus.LevelStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link ReplicaStatus} as bytes.
 *
 * <pre>
 * Condition := six u64 in the order of the record | why no vote string | has a store u8 | [store]
 * store     := room u8 | twenty-two u64 in the order of the record | levels u8 | level, as many
 * level     := three u64 in the order of the record
 * </pre>
 */
final class ConditionCodec {
    private static final DiskSpace[] DISK_SPACES = DiskSpace.values();

    private ConditionCodec() {}

    static void write(BytesWriter out, ReplicaStatus condition) {
        out.writeLong(condition.pid());
        out.writeLong(condition.uptimeMs());
        out.writeLong(condition.cpuMs());
        out.writeLong(condition.residentBytes());
        out.writeLong(condition.wallMs());
        out.writeLong(condition.timestampsTooFarAhead());
        out.writeString(MessageCodec.shortened(condition.whyNoVote()));
        out.writeByte(condition.store().isPresent() ? 1 : 0);
        condition.store().ifPresent(store -> write(out, store));
    }

    private static void write(BytesWriter out, StoreStatus store) {
        out.writeByte(store.diskSpace().ordinal());
        out.writeLong(store.memtableBytes());
        out.writeLong(store.frozenMemtables());
        out.writeLong(store.tableCount());
        out.writeLong(store.tableBytes());
        out.writeLong(store.queuedBytes());
        out.writeLong(store.writes());
        out.writeLong(store.logForces());
        out.writeLong(store.logBytes());
        out.writeLong(store.flushedBytes());
        out.writeLong(store.compactedBytes());
        out.writeLong(store.userBytes());
        out.writeLong(store.stalls());
        out.writeLong(store.delays());
        out.writeLong(store.delayedMs());
        out.writeLong(store.gets());
        out.writeLong(store.tablesRead());
        out.writeLong(store.openScans());
        out.writeLong(store.oldestScanWrites());
        out.writeLong(store.merges());
        out.writeLong(store.trivialMoves());
        out.writeLong(store.runningMerges());
        out.writeLong(store.debtBytes());
        out.writeByte(store.levels().size());
        for (LevelStatus level : store.levels()) {
            out.writeLong(level.tableCount());
            out.writeLong(level.tableBytes());
            out.writeLong(level.writtenBytes());
        }
    }

    static ReplicaStatus read(BytesReader in) {
        return new ReplicaStatus(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readString(MessageCodec.TEXT_BYTES_MAX),
                MessageCodec.readFlag(in) ? Optional.of(readStore(in)) : Optional.empty());
    }

    private static StoreStatus readStore(BytesReader in) {
        return new StoreStatus(
                MessageCodec.readEnum(in, DISK_SPACES),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readLevels(in));
    }

    private static List<LevelStatus> readLevels(BytesReader in) {
        int count = in.readByte();
        List<LevelStatus> levels = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            levels.add(new LevelStatus(in.readLong(), in.readLong(), in.readLong()));
        }
        return List.copyOf(levels);
    }
}
