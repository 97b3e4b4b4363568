package io.quorate.common.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final Version VERSION = new Version(-5, 1L << 63, 300, 2);
    private static final byte[] BYTES = {1, 2, 3};
    private static final Optional<Receipt> RECEIPT = Optional.of(new Receipt(-1, true, 1));

    @Test
    void aRecordReadsAsItWasWritten() {
        for (Record record : new Record[] {
            new Record(VERSION, Tombstone.TOMBSTONE),
            new Record(VERSION, Value.of(new byte[0], Value.DEFAULT_CONTENT_TYPE)),
            new Record(VERSION, Value.of(BYTES, "text/plain")),
            new Record(VERSION.nextStep(), Value.of(BYTES, "text/plain", 7), new RequestId(-1, 3)),
            new Record(VERSION.nextStep(), Tombstone.TOMBSTONE, new RequestId(0, 3)),
            new Record(
                    VERSION.nextStep(),
                    Tombstone.TOMBSTONE,
                    new RequestId(0, 3),
                    Optional.of(new Receipt(-1, true, 1))),
            new Record(
                    VERSION.nextStep(),
                    Value.of(BYTES, "text/plain", 7),
                    new RequestId(-1, 3),
                    Optional.of(new Receipt(8, false, Long.MAX_VALUE))),
            new Record(VERSION, Value.of(BYTES, Value.DEFAULT_CONTENT_TYPE, 1)),
            new Record(VERSION, Value.of(BYTES, "text/plain", Value.NEVER_EXPIRES - 1)),
        }) {
            BytesWriter out = new BytesWriter(64);
            RecordCodec.writeRecord(out, record);
            BytesReader in = new BytesReader(out.array(), 0, out.length());
            assertEquals(record, RecordCodec.readRecord(in));
            in.requireEnd();
        }
    }

    @Test
    void aForgottenRecordReadsAsItWasWrittenOnDisk() {
        Record plain = new Record(VERSION.nextStep(), Tombstone.TOMBSTONE, new RequestId(0, 3), RECEIPT);
        for (Record record : new Record[] {
            plain.forgotten(Forgotten.NO_ROUND),
            plain.forgotten(Long.MAX_VALUE),
            plain.withContent(new Forgotten(7)),
            plain
        }) {
            BytesWriter out = new BytesWriter(64);
            RecordCodec.writeStoredRecord(out, record);
            BytesReader in = new BytesReader(out.array(), 0, out.length());
            assertEquals(record, RecordCodec.readStoredRecord(in));
            in.requireEnd();
        }
    }

    @Test
    void noMessageHasAForgottenRecord() {
        Record forgotten = new Record(VERSION, new Forgotten(7));
        BytesWriter out = new BytesWriter(64);
        assertThrows(IllegalArgumentException.class, () -> RecordCodec.writeRecord(out, forgotten));
        RecordCodec.writeStoredRecord(out, forgotten);
        BytesReader in = new BytesReader(out.array(), 0, out.length());
        assertThrows(MalformedException.class, () -> RecordCodec.readRecord(in));
    }

    @Test
    void aRoundBelowZeroIsMalformed() {
        BytesWriter out = new BytesWriter(64);
        RecordCodec.writeStoredRecord(out, new Record(VERSION, new Forgotten(0)));
        BytesWriter negative = new BytesWriter(64);
        negative.writeBytes(out.array(), 0, out.length() - 1);
        negative.writeVarint(-1);
        byte[] record = negative.toByteArray();
        assertThrows(MalformedException.class, () -> new RecordHead().read(new BytesReader(record)));
        assertThrows(MalformedException.class, () -> RecordCodec.readStoredRecord(new BytesReader(record)));
    }

    @Test
    void anUnknownFlagIsMalformed() {
        BytesWriter out = new BytesWriter(64);
        RecordCodec.writeRecord(out, new Record(VERSION, Value.of(BYTES, "text/plain")));
        for (int flags : new int[] {3, 5, 11, 16, 32, 34, 35, 36, 65, 128}) {
            out.array()[0] = (byte) flags;
            BytesReader in = new BytesReader(out.array(), 0, out.length());
            assertThrows(MalformedException.class, () -> RecordCodec.readStoredRecord(in));
            BytesReader again = new BytesReader(out.array(), 0, out.length());
            assertThrows(MalformedException.class, () -> new RecordHead().read(again));
        }
    }
}
