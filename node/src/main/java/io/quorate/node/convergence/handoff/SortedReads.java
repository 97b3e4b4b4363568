package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.view.RecordIterator;
import java.util.Optional;

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
    private Optional<RecordIterator> scan = Optional.empty();
    private boolean gaveUp;
    private boolean atEnd;
    private Key last;
    private int othersLeft = OTHERS_AT_FIRST;
    private long otherBytesLeft = OTHER_BYTES_MAX;

    public SortedReads(Store store) {
        this.store = store;
    }

    /**
     * The newest record of this key, or {@link Record#NEVER_WRITTEN}, at some time since the first call. A key out of
     * order is read by itself.
     *
     * @throws StoreException if it cannot be read, or an entry before it cannot
     */
    public Record get(Key key) {
        if (gaveUp || scan.isPresent() && key.compareTo(last) < 0) {
            return store.get(key);
        }
        last = key;
        othersLeft += OTHERS_PER_READ;
        RecordIterator entries = scan.isPresent() ? scan.get() : begin(key);
        if (reaches(entries, key)) {
            return !atEnd && entries.key().equals(key) ? entries.record() : Record.NEVER_WRITTEN;
        }
        gaveUp = true;
        close();
        return store.get(key);
    }

    private RecordIterator begin(Key first) {
        RecordIterator begun = store.scan(KeyRange.from(first), Direction.ASCENDING);
        scan = Optional.of(begun);
        atEnd = !begun.advance();
        return begun;
    }

    /** Whether the scan is at the first entry that is not before this key. */
    private boolean reaches(RecordIterator entries, Key key) {
        while (!atEnd && entries.key().compareTo(key) < 0) {
            if (othersLeft <= 0 || otherBytesLeft < 0) {
                return false;
            }
            atEnd = !entries.advance();
            if (!atEnd && entries.key().compareTo(key) < 0) {
                othersLeft--;
                otherBytesLeft -= entries.record().content() instanceof Value value ? value.bytes().length : 0;
            }
        }
        return true;
    }

    @Override
    public void close() {
        scan.ifPresent(RecordIterator::close);
    }
}
