package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
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
 * </pre>
 *
 * @param cause why it was written
 * @param level of the tree for which it was written
 * @param compression as ordered. Blocks that would hardly shrink are plain all the same
 * @param tombstones how many of the entries are tombstones
 * @param expiring how many of the entries have values that expire, and bytes to free then
 * @param minExpiryMs the first expiry among them, {@link io.quorate.common.model.Value#NEVER_EXPIRES} if there are none
 * @param maxExpiryMs the last one, 0 if there are none
 * @param keyBytes the length of all keys together
 * @param valueBytes the length of all values together
 */
public record TableProperties(
        TableCause cause,
        int level,
        Compression compression,
        long entries,
        long tombstones,
        long expiring,
        long minExpiryMs,
        long maxExpiryMs,
        long keyBytes,
        long valueBytes,
        long dataBlocks,
        Key firstKey,
        Key lastKey,
        Version minVersion,
        Version maxVersion) {
    private static final Codes<TableCause> CAUSES = new Codes<>(TableCause.class);
    private static final Codes<Compression> COMPRESSIONS = new Codes<>(Compression.class);

    void write(BytesWriter out) {
        CAUSES.write(out, cause);
        out.writeByte(level);
        COMPRESSIONS.write(out, compression);
        out.writeVarint(entries);
        out.writeVarint(tombstones);
        out.writeVarint(expiring);
        out.writeVarint(minExpiryMs);
        out.writeVarint(maxExpiryMs);
        out.writeVarint(keyBytes);
        out.writeVarint(valueBytes);
        out.writeVarint(dataBlocks);
        RecordCodec.writeKey(out, firstKey);
        RecordCodec.writeKey(out, lastKey);
        RecordCodec.writeVersion(out, minVersion);
        RecordCodec.writeVersion(out, maxVersion);
    }

    static TableProperties read(BytesReader in) {
        TableProperties properties = new TableProperties(
                CAUSES.read(in),
                in.readByte(),
                COMPRESSIONS.read(in),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                RecordCodec.readStoredKey(in),
                RecordCodec.readStoredKey(in),
                RecordCodec.readVersion(in),
                RecordCodec.readVersion(in));
        in.requireEnd();
        return properties;
    }

    /** Whether the table may have keys of this range. */
    boolean overlaps(KeyRange range) {
        return range.start().map(start -> start.compareTo(lastKey) <= 0).orElse(true)
                && range.end().map(end -> end.compareTo(firstKey) > 0).orElse(true);
    }

    /** Whether the key lies in the table's range of keys. */
    boolean covers(Key key) {
        return key.compareTo(firstKey) >= 0 && key.compareTo(lastKey) <= 0;
    }
}
