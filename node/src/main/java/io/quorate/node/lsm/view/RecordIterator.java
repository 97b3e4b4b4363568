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
 * A walk over the registers of a range in the order of their keys, up or down, as they all were at the moment of its
 * opening. For one thread; may block on the disk, never on a writer, and never makes one wait.
 *
 * <p>Tombstones and expired values are shown as what they are, so whoever wants to do only so much counts its steps:
 * one step reads at most a block of each table that overlaps there. Until it is closed it keeps the memtables and
 * tables of its moment, see {@link StoreFigure#OPEN_SCANS}.
 */
public final class RecordIterator implements AutoCloseable {
    private final LiveView.Snapshot snapshot;
    private final OpenScans openScans;
    private final EntryCursor entries;
    private boolean closed;

    /** @param range of keys with their keyspace before them */
    public RecordIterator(LiveView.Snapshot snapshot, OpenScans openScans, KeyRange range, Direction direction) {
        this.snapshot = snapshot;
        this.openScans = openScans;
        this.entries = snapshot.view().cursor(range, direction, snapshot.sequence());
        openScans.opened(snapshot.sequence());
    }

    /** Goes to the next register; false if there is none. It stands before the first one at first. */
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
