package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.view.RecordIterator;

/**
 * Reads the registers of keys in ascending order. Where these lie close together, one scan serves them all, for a
 * fraction of what single reads cost. Where they do not, it reads each by itself. For one thread. May block on the
 * disk.
 */
public final class SortedReads implements AutoCloseable {
    /** A scan that goes over more other entries than that costs more than it saves. */
    private static final int OTHERS_PER_READ = 4;

    /** Nothing is judged by the first few reads. */
    private static final int OTHERS_AT_FIRST = 64;

    private final Store store;
    private final RecordIterator scan;
    private boolean scanning;
    private boolean atEnd;
    private Key last;
    private long othersLeft = OTHERS_AT_FIRST;

    /** @param first no later key is less */
    public SortedReads(Store store, Key first) {
        this.store = store;
        this.scan = store.scan(KeyRange.from(first), Direction.ASCENDING);
        this.scanning = true;
        this.atEnd = !scan.advance();
        this.last = first;
    }

    /**
     * The newest record of this key, or {@link Record#NEVER_WRITTEN}, at some time since this began. A key out of order
     * is read by itself.
     */
    public Record get(Key key) {
        if (!scanning || key.compareTo(last) < 0) {
            return store.get(key);
        }
        last = key;
        othersLeft += OTHERS_PER_READ;
        while (!atEnd && scan.key().compareTo(key) < 0) {
            if (--othersLeft < 0) {
                scanning = false;
                return store.get(key);
            }
            atEnd = !scan.advance();
        }
        return !atEnd && scan.key().equals(key) ? scan.record() : Record.NEVER_WRITTEN;
    }

    @Override
    public void close() {
        scan.close();
    }
}
