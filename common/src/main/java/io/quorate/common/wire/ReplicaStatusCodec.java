package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
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
 * ReplicaStatus := six u64 in the order of the record | why no vote string | has a store u8 | [store]
 * store         := disk space u8 | twenty-two u64 in the order of the record | levels u8 | level, as many
 * level         := three u64 in the order of the record
 * </pre>
 */
final class ReplicaStatusCodec {
    private static final Codes<DiskSpace> DISK_SPACES = new Codes<>(DiskSpace.class);

    private ReplicaStatusCodec() {}

    static void write(BytesWriter out, ReplicaStatus status) {
        out.writeLong(status.pid());
        out.writeLong(status.uptimeMs());
        out.writeLong(status.cpuMs());
        out.writeLong(status.residentBytes());
        out.writeLong(status.wallMs());
        out.writeLong(status.timestampsTooFarAhead());
        Texts.write(out, status.whyNoVote());
        out.writeFlag(status.store().isPresent());
        status.store().ifPresent(store -> write(out, store));
    }

    private static void write(BytesWriter out, StoreStatus store) {
        DISK_SPACES.write(out, store.diskSpace());
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
                Texts.read(in),
                in.readFlag() ? Optional.of(readStore(in)) : Optional.empty());
    }

    private static StoreStatus readStore(BytesReader in) {
        return new StoreStatus(
                DISK_SPACES.read(in),
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
