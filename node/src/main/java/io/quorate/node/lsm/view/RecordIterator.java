package io.quorate.node.lsm.view;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.statistics.StoreFigure;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import java.io.IOException;

/**
 * Iterates over the registers of a range in the order of their keys, up or down, as they were when it was opened. For
 * one thread. It may block on the disk. It never waits for a writer, and no writer waits for it.
 *
 * <p>It returns tombstones and expired values too. So a caller that wants to bound its work counts steps: one step
 * reads at most one block of each table that overlaps there. Until it is closed, the iterator keeps the memtables and
 * tables of its moment, see {@link StoreFigure#OPEN_SCANS}.
 */
public final class RecordIterator implements AutoCloseable {
    private final LiveView.Snapshot snapshot;
    private final OpenScans openScans;
    private final EntryCursor entries;
    private boolean closed;

    private RecordIterator(LiveView.Snapshot snapshot, OpenScans openScans, EntryCursor entries) {
        this.snapshot = snapshot;
        this.openScans = openScans;
        this.entries = entries;
        openScans.opened(snapshot.sequence());
    }

    /** @param range of keys with their keyspace before them */
    public RecordIterator(LiveView.Snapshot snapshot, OpenScans openScans, KeyRange range, Direction direction) {
        this(snapshot, openScans, snapshot.view().cursor(range, direction, snapshot.sequence()));
    }

    /** Goes up, and reads each block from the disk. The block cache neither answers nor takes it. */
    public static RecordIterator pastCache(LiveView.Snapshot snapshot, OpenScans openScans, KeyRange range) {
        return new RecordIterator(snapshot, openScans, snapshot.view().cursorPastCache(range, snapshot.sequence()));
    }

    /** Goes to the next register. False if there is none. It starts before the first one. */
    public boolean advance() {
        if (closed) {
            throw new IllegalStateException("the iterator is closed");
        }
        try {
            return entries.advance();
        } catch (IOException e) {
            throw new DiskFailedException("reading tables for a scan", e);
        }
    }

    public Key key() {
        return Keyspace.exposed(entries.key());
    }

    public Record record() {
        return entries.record();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        openScans.closed(snapshot.sequence());
        try {
            snapshot.close();
        } catch (IOException e) {
            throw new DiskFailedException("closing tables after a scan", e);
        }
    }
}
