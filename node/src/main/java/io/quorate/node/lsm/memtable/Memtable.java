package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.format.EntryCursor;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest record of each key, and those it replaced here, so that a scan can go on seeing what it saw when it
 * began. All of it also lies in one log segment, which bounds it.
 */
public final class Memtable {
    /** A node of the map, its key and its cell, as measured on a 64-bit JVM with compressed references. */
    private static final int ENTRY_OVERHEAD_BYTES = 200;

    private final ConcurrentNavigableMap<Key, Cell> cells = new ConcurrentSkipListMap<>();
    private final long logNumber;
    private volatile long bytes;

    /** @param logNumber the segment that holds the same writes */
    public Memtable(long logNumber) {
        this.logNumber = logNumber;
    }

    /** One state of a register, since the write of that sequence; {@code older} is null if this is the first here. */
    private record Cell(Record record, long sequence, Cell older) {}

    public long logNumber() {
        return logNumber;
    }

    /** About how much memory it takes. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** Makes the register at least as new as {@code record}. On the log thread only. */
    public void put(Key key, Record record, long sequence) {
        Cell old = cells.get(key);
        if (old == null || record.isNewerThan(old.record)) {
            cells.put(key, new Cell(record, sequence, old));
            grow(bytesOf(key, record));
        }
    }

    private void grow(long by) {
        bytes += by;
    }

    /** About how much memory one entry takes. */
    public static int bytesOf(Key key, Record record) {
        int content = record.content() instanceof Value value ? value.bytes().length : 0;
        return ENTRY_OVERHEAD_BYTES + key.length() + content;
    }

    public Optional<Record> get(Key key) {
        Cell cell = cells.get(key);
        return cell == null ? Optional.empty() : Optional.of(cell.record);
    }

    /** The entries from a key on, as they were after the write of sequence {@code asOf}. */
    public EntryCursor cursor(Key fromInclusive, long asOf) {
        return new Cursor(cells.tailMap(fromInclusive, true).entrySet().iterator(), asOf);
    }

    /** All entries, at their newest. */
    public EntryCursor cursor() {
        return new Cursor(cells.entrySet().iterator(), Long.MAX_VALUE);
    }

    private static final class Cursor implements EntryCursor {
        private final Iterator<Map.Entry<Key, Cell>> entries;
        private final long asOf;
        private Key key;
        private Record record;

        Cursor(Iterator<Map.Entry<Key, Cell>> entries, long asOf) {
            this.entries = entries;
            this.asOf = asOf;
        }

        @Override
        public boolean advance() {
            while (entries.hasNext()) {
                Map.Entry<Key, Cell> entry = entries.next();
                Cell cell = entry.getValue();
                while (cell != null && cell.sequence > asOf) {
                    cell = cell.older;
                }
                if (cell != null) {
                    key = entry.getKey();
                    record = cell.record;
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
