package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.io.IOException;

/**
 * The payload of a frame of writes.
 *
 * <pre>
 * writes := write*
 * write  := key | record        (see RecordCodec; the key begins with a byte that names its keyspace)
 * </pre>
 */
final class WritesFormat {
    private WritesFormat() {}

    static void write(BytesWriter out, Key key, Record record) {
        RecordCodec.writeKey(out, key);
        RecordCodec.writeStoredRecord(out, record);
    }

    static void read(BytesReader in, ReplayTarget target) throws IOException {
        while (in.remaining() > 0) {
            target.replay(RecordCodec.readStoredKey(in), RecordCodec.readStoredRecord(in));
        }
    }
}
