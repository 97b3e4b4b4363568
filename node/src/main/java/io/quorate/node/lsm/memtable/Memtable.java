package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.format.EntryCursor;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest record of each key, and those it replaced here, so that a scan can go on seeing what it saw when it
 * began. All of it also lies in one log segment, which bounds it.
 *
 * <p>It is two maps of the same registers: a hash table for reads and for writes to a key that is here already, which are
 * nearly all there is, and a skip list for the order, which only a new key, a scan and the flush pay for.
 */
public final class Memtable {
    /** The nodes of both maps, the key and its register, as counted on a 64-bit JVM with compressed references. */
    private static final int ENTRY_OVERHEAD_BYTES = 250;

    private final Map<Key, Register> registers = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Key, Register> ordered = new ConcurrentSkipListMap<>();
    private final long logNumber;
    private volatile long bytes;

    /** @param logNumber the segment that holds the same writes */
    public Memtable(long logNumber) {
        this.logNumber = logNumber;
    }

    /** One key's states here, the newest first. */
    private static final class Register {
        private volatile State newest;

        Register(State first) {
            newest = first;
        }
    }

    /** What a register held since the write of that sequence; {@code older} is null if it is the first here. */
    private record State(Record record, long sequence, State older) {}

    public long logNumber() {
        return logNumber;
    }

    /** About how much memory it takes. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return registers.isEmpty();
    }

    /** Makes the register at least as new as {@code record}. On the log thread only. */
    public void put(Key key, Record record, long sequence) {
        Register existing = registers.get(key);
        if (existing == null) {
            Register added = new Register(new State(record, sequence, null));
            ordered.put(key, added);
            registers.put(key, added);
        } else {
            State newest = existing.newest;
            if (!record.isNewerThan(newest.record)) {
                return;
            }
            existing.newest = new State(record, sequence, newest);
        }
        grow(bytesOf(key, record));
    }

    /** The log thread is the only writer, so it cannot miss an addition of another's. */
    private void grow(long by) {
        bytes = bytes + by;
    }

    /** About how much memory one entry takes. */
    public static int bytesOf(Key key, Record record) {
        int content = record.content() instanceof Value value ? value.bytes().length : 0;
        return ENTRY_OVERHEAD_BYTES + key.length() + content;
    }

    public Optional<Record> get(Key key) {
        Register register = registers.get(key);
        return register == null ? Optional.empty() : Optional.of(register.newest.record);
    }

    /** The entries from a key on, as they were after the write of sequence {@code asOf}. */
    public EntryCursor cursor(Key fromInclusive, long asOf) {
        return new Cursor(ordered.tailMap(fromInclusive, true).entrySet().iterator(), asOf);
    }

    /** All entries, at their newest. */
    public EntryCursor cursor() {
        return new Cursor(ordered.entrySet().iterator(), Long.MAX_VALUE);
    }

    private static final class Cursor implements EntryCursor {
        private final Iterator<Map.Entry<Key, Register>> entries;
        private final long asOf;
        private Key key;
        private Record record;

        Cursor(Iterator<Map.Entry<Key, Register>> entries, long asOf) {
            this.entries = entries;
            this.asOf = asOf;
        }

        @Override
        public boolean advance() {
            while (entries.hasNext()) {
                Map.Entry<Key, Register> entry = entries.next();
                State state = entry.getValue().newest;
                while (state != null && state.sequence > asOf) {
                    state = state.older;
                }
                if (state != null) {
                    key = entry.getKey();
                    record = state.record;
                    return true;
                }
            }
            return false;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public Record record() {
            return record;
        }
    }
}
