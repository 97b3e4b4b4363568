package io.quorate.node.lsm.memtable;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EncodedEntry;

/**
 * The record of a key since some write, in the arena. It never changes once it is written:
 *
 * <pre>
 *  0               4                8              12
 * +---------------+----------------+--------------+----------------------+
 * | older state   | sequence since | length       | record               |
 * | address or 0  | the first  u32 | u32          | see RecordCodec      |
 * +---------------+----------------+--------------+----------------------+
 * </pre>
 */
final class States {
    private static final int SEQUENCE_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int RECORD_AT = 12;
    private static final int VERSION_BYTES_MAX = 1 + 8 + 8 + 10 + 5;
    private static final int SCRATCH_BYTES_KEPT_MAX = 256 << 10;

    private final Arena arena;
    private final byte[] head = new byte[VERSION_BYTES_MAX];
    private BytesWriter scratch = new BytesWriter(256);
    private long firstSequence = -1;

    States(Arena arena) {
        this.arena = arena;
    }

    /** @param older the state of the same key that it follows, or 0 if it is the first */
    int add(Record record, int older, long sequence) {
        int sinceFirst = sinceFirst(sequence);
        scratch.clear();
        RecordCodec.writeStoredRecord(scratch, record);
        int length = scratch.length();
        int state = arena.allocate(RECORD_AT + length, RECORD_AT);
        arena.setInt(state, 0, older);
        arena.setInt(state, SEQUENCE_AT, sinceFirst);
        arena.setInt(state, LENGTH_AT, length);
        arena.setBytes(state, RECORD_AT, scratch.array(), 0, length);
        if (length > SCRATCH_BYTES_KEPT_MAX) {
            scratch = new BytesWriter(256);
        }
        return state;
    }

    private int sinceFirst(long sequence) {
        if (firstSequence < 0) {
            firstSequence = sequence;
        }
        return Math.toIntExact(sequence - firstSequence);
    }

    /** The state of a key after the write of sequence {@code asOf}, from its newest one. 0 if it had none. */
    int asOf(int newest, long asOf) {
        int found = newest;
        while (found != 0 && firstSequence + arena.getInt(found, SEQUENCE_AT) > asOf) {
            found = arena.getInt(found, 0);
        }
        return found;
    }

    /** The record's version, without its content. On the log thread only. */
    Version version(int state) {
        int length = Math.min(head.length, arena.getInt(state, LENGTH_AT));
        arena.getBytes(state, RECORD_AT, head, 0, length);
        return RecordCodec.peekVersion(new BytesReader(head, 0, length));
    }

    Record record(int state) {
        int length = arena.getInt(state, LENGTH_AT);
        byte[] copy = new byte[length];
        arena.getBytes(state, RECORD_AT, copy, 0, length);
        return RecordCodec.readStoredRecord(new BytesReader(copy));
    }

    /** Shows a copy of the record, in the array of the entry if it is long enough. Long records get their own. */
    void show(int state, EncodedEntry entry) {
        int length = arena.getInt(state, LENGTH_AT);
        byte[] known = entry.recordArray();
        boolean fits = length <= known.length && known.length <= SCRATCH_BYTES_KEPT_MAX;
        byte[] copy = fits ? known : new byte[length > SCRATCH_BYTES_KEPT_MAX / 2 ? length : Math.max(256, 2 * length)];
        arena.getBytes(state, RECORD_AT, copy, 0, length);
        entry.setRecord(copy, 0, length);
    }
}
