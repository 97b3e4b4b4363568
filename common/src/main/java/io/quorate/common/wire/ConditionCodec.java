package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.wire.Message.Condition;
import io.quorate.common.wire.StoreCondition.Level;
import io.quorate.common.wire.StoreCondition.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Condition} as bytes.
 *
 * <pre>
 * Condition := six u64 in the order of the record | why no vote string | has a store u8 | [store]
 * store     := room u8 | twenty-two u64 in the order of the record | levels u8 | level, as many
 * level     := three u64 in the order of the record
 * </pre>
 */
final class ConditionCodec {
    private static final Room[] ROOMS = Room.values();

    private ConditionCodec() {}

    static void write(BytesWriter out, Condition condition) {
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

    private static void write(BytesWriter out, StoreCondition store) {
        out.writeByte(store.room().ordinal());
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
        for (Level level : store.levels()) {
            out.writeLong(level.tableCount());
            out.writeLong(level.tableBytes());
            out.writeLong(level.writtenBytes());
        }
    }

    static Condition read(BytesReader in) {
        return new Condition(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readString(MessageCodec.TEXT_BYTES_MAX),
                MessageCodec.readFlag(in) ? Optional.of(readStore(in)) : Optional.empty());
    }

    private static StoreCondition readStore(BytesReader in) {
        return new StoreCondition(
                MessageCodec.readEnum(in, ROOMS),
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

    private static List<Level> readLevels(BytesReader in) {
        int count = in.readByte();
        List<Level> levels = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            levels.add(new Level(in.readLong(), in.readLong(), in.readLong()));
        }
        return List.copyOf(levels);
    }
}
