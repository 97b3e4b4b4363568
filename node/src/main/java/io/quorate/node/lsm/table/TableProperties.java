package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;

/**
 * What a table says of itself.
 *
 * <pre>
 * properties := entries varint | tombstones varint | expiring varint | first expiry varint | last expiry varint
 *             | first key | last key | lowest version | highest version
 * </pre>
 *
 * @param expiring how many of the entries have values that expire
 * @param minExpiryMs the first expiry among them, {@link io.quorate.common.model.Value#NEVER_EXPIRES} if there are none
 * @param maxExpiryMs the last one, 0 if there are none
 */
public record TableProperties(
        long entries,
        long tombstones,
        long expiring,
        long minExpiryMs,
        long maxExpiryMs,
        Key firstKey,
        Key lastKey,
        Version minVersion,
        Version maxVersion) {
    void write(BytesWriter out) {
        out.writeVarint(entries);
        out.writeVarint(tombstones);
        out.writeVarint(expiring);
        out.writeVarint(minExpiryMs);
        out.writeVarint(maxExpiryMs);
        RecordCodec.writeKey(out, firstKey);
        RecordCodec.writeKey(out, lastKey);
        RecordCodec.writeVersion(out, minVersion);
        RecordCodec.writeVersion(out, maxVersion);
    }

    static TableProperties read(BytesReader in) {
        TableProperties properties = new TableProperties(
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                in.readVarint(),
                RecordCodec.readKey(in),
                RecordCodec.readKey(in),
                RecordCodec.readVersion(in),
                RecordCodec.readVersion(in));
        in.requireEnd();
        return properties;
    }

    /** Whether the key lies in the table's range of keys. */
    boolean covers(Key key) {
        return key.compareTo(firstKey) >= 0 && key.compareTo(lastKey) <= 0;
    }
}
