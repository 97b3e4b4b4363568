package io.quorate.node.lsm.format;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.codec.RecordHead;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import java.util.Arrays;

/**
 * A key and its record as they are stored. A cursor has one for all its entries, over arrays of its own. So it is valid
 * until the cursor moves, and whoever keeps it copies it.
 */
public final class EncodedEntry {
    private final RecordHead head = new RecordHead();
    private byte[] key = new byte[0];
    private int keyBytes;
    private byte[] record = new byte[0];
    private int recordAt;
    private int recordBytes;

    public void setKey(byte[] array, int bytes) {
        key = array;
        keyBytes = bytes;
    }

    /** @throws MalformedException if it is no record */
    public void setRecord(byte[] array, int at, int bytes) {
        head.read(new BytesReader(array, at, bytes));
        record = array;
        recordAt = at;
        recordBytes = bytes;
    }

    /** Begins with the key. It may be longer. */
    public byte[] keyArray() {
        return key;
    }

    public int keyBytes() {
        return keyBytes;
    }

    /** Has the record from {@link #recordAt} on. */
    public byte[] recordArray() {
        return record;
    }

    public int recordAt() {
        return recordAt;
    }

    public int recordBytes() {
        return recordBytes;
    }

    public RecordHead head() {
        return head;
    }

    public int compareKey(byte[] array, int bytes) {
        return Arrays.compareUnsigned(key, 0, keyBytes, array, 0, bytes);
    }

    /** A copy. */
    public Key key() {
        return Key.ofStored(Arrays.copyOf(key, keyBytes));
    }

    /** A copy. */
    public Record record() {
        return RecordCodec.readStoredRecord(new BytesReader(record, recordAt, recordBytes));
    }
}
