package io.quorate.node.lsm.wal;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.io.IOException;

/**
 * The payload of a frame of writes.
 *
 * <pre>
 * writes := write*
 * write  := keyspace u8 | key | record        (key, record: see RecordCodec)
 * </pre>
 */
final class WritesFormat {
    /** The keyspace of the registers, the only one so far. */
    private static final int DATA = 0;

    private WritesFormat() {}

    static void write(BytesWriter out, Key key, Record record) {
        out.writeByte(DATA);
        RecordCodec.writeKey(out, key);
        RecordCodec.writeRecord(out, record);
    }

    static void read(BytesReader in, LogReplay.Target target) throws IOException {
        while (in.remaining() > 0) {
            int keyspace = in.readByte();
            if (keyspace != DATA) {
                throw new MalformedException("keyspace " + keyspace + " before " + in.position());
            }
            target.replay(RecordCodec.readKey(in), RecordCodec.readRecord(in));
        }
    }
}
