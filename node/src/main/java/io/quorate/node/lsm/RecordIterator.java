package io.quorate.node.lsm;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.compaction.MergingCursor;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk over the registers in ascending order of their keys, as they all were at the moment of its opening. Tombstones
 * are shown as what they are. It holds tables open, and memtables in memory, until it is closed. For one thread; may block on the disk.
 */
public final class RecordIterator implements AutoCloseable {
    private static final Key LEAST_KEY = Key.of(new byte[] {0});

    private final LiveView.Snapshot snapshot;
    private final EntryCursor merged;
    private final KeyRange range;
    private boolean closed;

    RecordIterator(LiveView.Snapshot snapshot, KeyRange range, Direction direction) throws IOException {
        if (direction == Direction.DESCENDING) {
            throw new UnsupportedOperationException("descending scans");
        }
        this.snapshot = snapshot;
        this.range = range;
        Key fromInclusive = range.start().orElse(LEAST_KEY);
        List<EntryCursor> sources = new ArrayList<>();
        for (Memtable memtable : snapshot.view().memtables()) {
            sources.add(memtable.cursor(fromInclusive, snapshot.sequence()));
        }
        for (Table table : snapshot.view().tables()) {
            sources.add(table.cursor(fromInclusive));
        }
        this.merged = new MergingCursor(sources);
    }

    /** Goes to the next register; false if there is none. It stands before the first one at first. */
    public boolean advance() {
        if (closed) {
            throw new IllegalStateException("the iterator is closed");
        }
        try {
            return merged.advance() && range.contains(merged.key());
        } catch (IOException e) {
            throw new DiskFailedException("reading tables for a scan", e);
        }
    }

    public Key key() {
        return merged.key();
    }

    public Record record() {
        return merged.record();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            snapshot.close();
        } catch (IOException e) {
            throw new DiskFailedException("closing tables after a scan", e);
        }
    }
}
