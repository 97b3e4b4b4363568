package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.view.RecordIterator;

/**
 * Reads the registers of keys in ascending order. Where these lie close together, one scan serves them all, for a
 * fraction of what single reads cost. Where they do not, it reads each by itself. For one thread. May block on the
 * disk.
 */
public final class SortedReads implements AutoCloseable {
    /** A scan that goes over more other entries than that costs more than it saves. */
    private static final int OTHERS_PER_READ = 4;

    private static final int OTHERS_AT_FIRST = 16;
    private static final long OTHER_BYTES_MAX = 256 << 10;

    private final Store store;
    private final RecordIterator scan;
    private boolean scanning = true;
    private boolean begun;
    private boolean atEnd;
    private Key last;
    private int othersLeft = OTHERS_AT_FIRST;
    private long otherBytesLeft = OTHER_BYTES_MAX;

    /** @param first no later key is less */
    public SortedReads(Store store, Key first) {
        this.store = store;
        this.last = first;
        this.scan = store.scan(KeyRange.from(first), Direction.ASCENDING);
    }

    /**
     * The newest record of this key, or {@link Record#NEVER_WRITTEN}, at some time since this began. A key out of order
     * is read by itself.
     *
     * @throws StoreException if it cannot be read, or an entry before it cannot
     */
    public Record get(Key key) {
        if (scanning && key.compareTo(last) >= 0) {
            last = key;
            othersLeft += OTHERS_PER_READ;
            if (reaches(key)) {
                return !atEnd && scan.key().equals(key) ? scan.record() : Record.NEVER_WRITTEN;
            }
            scanning = false;
            scan.close();
        }
        return store.get(key);
    }

    /** Whether the scan is at the first entry that is not before this key. */
    private boolean reaches(Key key) {
        while (!begun || !atEnd && scan.key().compareTo(key) < 0) {
            if (othersLeft <= 0 || otherBytesLeft < 0) {
                return false;
            }
            atEnd = !scan.advance();
            begun = true;
            passed(key);
        }
        return true;
    }

    private void passed(Key wanted) {
        if (!atEnd && scan.key().compareTo(wanted) < 0) {
            othersLeft--;
            otherBytesLeft -= scan.record().content() instanceof Value value ? value.bytes().length : 0;
        }
    }

    @Override
    public void close() {
        scan.close();
    }
}
