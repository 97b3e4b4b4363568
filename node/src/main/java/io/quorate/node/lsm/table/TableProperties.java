package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Version;

/**
 * What a table says of itself.
 *
 * <pre>
 * properties := entries varint | tombstones varint | first key | last key | lowest version | highest version
 * </pre>
 */
public record TableProperties(
        long entries, long tombstones, Key firstKey, Key lastKey, Version minVersion, Version maxVersion) {
    void write(BytesWriter out) {
        out.writeVarint(entries);
        out.writeVarint(tombstones);
        RecordCodec.writeKey(out, firstKey);
        RecordCodec.writeKey(out, lastKey);
        RecordCodec.writeVersion(out, minVersion);
        RecordCodec.writeVersion(out, maxVersion);
    }

    static TableProperties read(BytesReader in) {
        TableProperties properties = new TableProperties(
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
