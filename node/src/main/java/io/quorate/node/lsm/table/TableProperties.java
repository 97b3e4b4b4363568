package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.table.block.Compression;

/**
 * The facts that a table stores about itself.
 *
 * <pre>
 * properties := cause u8 | level u8 | compression u8
 *             | entries varint | tombstones varint | expiring varint | first expiry varint | last expiry varint
 *             | bytes of keys varint | bytes of values varint | data blocks varint
 *             | first key | last key | lowest version | highest version
 *             | forgotten varint | written: ms since 1970 varint
 * </pre>
 *
 * Format 2 of tables ends with the highest version. No entry of such a table is forgotten.
 *
 * @param origin why and how it was written
 * @param keys its first and last key
 * @param versions its lowest and highest version
 */
public record TableProperties(
        TableOrigin origin,
        EntryCounts counts,
        ExpirySpan expiries,
        ContentSize size,
        KeySpan keys,
        VersionSpan versions) {
    private static final int FIRST_VERSION_WITH_FORGOTTEN = 3;
    private static final Codes<TableCause> CAUSES = new Codes<>(TableCause.class);
    private static final Codes<Compression> COMPRESSIONS = new Codes<>(Compression.class);

    /**
     * @param cause why the table was written
     * @param level of the tree for which it was written
     * @param compression as ordered. Blocks that would hardly shrink are plain all the same
     * @param writtenMs when it was written, in milliseconds since 1970, or {@link TableOptions#TIME_UNKNOWN}
     */
    public record TableOrigin(TableCause cause, int level, Compression compression, long writtenMs) {}

    /**
     * @param tombstones how many of the entries are tombstones that delete something. A hint has no value either, and
     *     is none of them: while a replica is away, every second entry may be a hint
     * @param forgotten how many of the entries a merge may drop, see {@link io.quorate.common.model.Forgotten}
     */
    public record EntryCounts(long entries, long tombstones, long forgotten) {}

    /**
     * When the values of a table expire. If a request with an idempotency key wrote a value, and is remembered for
     * longer, that end counts ({@link io.quorate.common.model.Record#neededUntilMs}).
     *
     * @param count how many of its entries expire, and have bytes to lose then
     * @param minMs the first expiry, {@link Value#NEVER_EXPIRES} if there is none; milliseconds since 1970
     * @param maxMs the last expiry, 0 if there is none; milliseconds since 1970
     */
    public record ExpirySpan(long count, long minMs, long maxMs) {
        public static final ExpirySpan NONE = new ExpirySpan(0, Value.NEVER_EXPIRES, 0);

        /**
         * About how many entries have expired, as if their expiries were spread evenly between the first and the last.
         */
        public double expiredAt(long wallMs) {
            if (count == 0 || wallMs < minMs) {
                return 0;
            }
            double span = (double) maxMs - minMs + 1;
            return count * Math.min(1, ((double) wallMs - minMs + 1) / span);
        }
    }

    /**
     * @param keyBytes the length of all keys together
     * @param valueBytes the length of all values together
     */
    public record ContentSize(long keyBytes, long valueBytes, long dataBlocks) {}

    public record KeySpan(Key first, Key last) {
        /** Whether the key lies between the two, or is one of them. */
        boolean covers(Key key) {
            return key.compareTo(first) >= 0 && key.compareTo(last) <= 0;
        }

        /** Whether a key of the range may lie between the two. */
        boolean overlaps(KeyRange range) {
            return range.start().map(start -> start.compareTo(last) <= 0).orElse(true)
                    && range.end().map(end -> end.compareTo(first) > 0).orElse(true);
        }
    }

    public record VersionSpan(Version min, Version max) {}

    void write(BytesWriter out) {
        CAUSES.write(out, origin.cause());
        out.writeByte(origin.level());
        COMPRESSIONS.write(out, origin.compression());
        out.writeVarint(counts.entries());
        out.writeVarint(counts.tombstones());
        out.writeVarint(expiries.count());
        out.writeVarint(expiries.minMs());
        out.writeVarint(expiries.maxMs());
        out.writeVarint(size.keyBytes());
        out.writeVarint(size.valueBytes());
        out.writeVarint(size.dataBlocks());
        RecordCodec.writeKey(out, keys.first());
        RecordCodec.writeKey(out, keys.last());
        RecordCodec.writeVersion(out, versions.min());
        RecordCodec.writeVersion(out, versions.max());
        out.writeVarint(counts.forgotten());
        out.writeVarint(origin.writtenMs());
    }

    /** @param version of the table's format */
    static TableProperties read(BytesReader in, int version) {
        TableProperties ofFormat2 = new TableProperties(
                new TableOrigin(CAUSES.read(in), in.readByte(), COMPRESSIONS.read(in), TableOptions.TIME_UNKNOWN),
                new EntryCounts(in.readVarint(), in.readVarint(), 0),
                new ExpirySpan(in.readVarint(), in.readVarint(), in.readVarint()),
                new ContentSize(in.readVarint(), in.readVarint(), in.readVarint()),
                new KeySpan(RecordCodec.readStoredKey(in), RecordCodec.readStoredKey(in)),
                new VersionSpan(RecordCodec.readVersion(in), RecordCodec.readVersion(in)));
        TableProperties properties = version < FIRST_VERSION_WITH_FORGOTTEN
                ? ofFormat2
                : ofFormat2.withForgotten(in.readVarint(), in.readVarint());
        in.requireEnd();
        return properties;
    }

    private TableProperties withForgotten(long forgotten, long writtenMs) {
        return new TableProperties(
                new TableOrigin(origin.cause(), origin.level(), origin.compression(), writtenMs),
                new EntryCounts(counts.entries(), counts.tombstones(), forgotten),
                expiries,
                size,
                keys,
                versions);
    }

    public Key firstKey() {
        return keys.first();
    }

    public Key lastKey() {
        return keys.last();
    }
}
