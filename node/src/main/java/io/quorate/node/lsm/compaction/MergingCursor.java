package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EntryCursor;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The union of several cursors of one direction. It has each key once, with the newest of its records. One step moves
 * each source by at most one entry.
 */
public final class MergingCursor implements EntryCursor {
    private final List<? extends EntryCursor> sources;
    private final PriorityQueue<Head> heads;
    private boolean begun;
    private Key key;
    private Record record;

    /** Takes over ascending cursors. None of them has been advanced. */
    public MergingCursor(List<? extends EntryCursor> sources) {
        this(sources, Direction.ASCENDING);
    }

    /** Takes over cursors that all go in this direction. None of them has been advanced. */
    public MergingCursor(List<? extends EntryCursor> sources, Direction direction) {
        this.sources = sources;
        this.heads = new PriorityQueue<>(
                switch (direction) {
                    case ASCENDING -> Comparator.comparing(Head::key);
                    case DESCENDING -> Comparator.comparing(Head::key).reversed();
                });
    }

    /** A source and its present key. */
    private record Head(Key key, EntryCursor source) {}

    @Override
    public boolean advance() throws IOException {
        if (!begun) {
            begun = true;
            for (EntryCursor source : sources) {
                pushNext(source);
            }
        }
        if (heads.isEmpty()) {
            return false;
        }
        key = heads.peek().key;
        record = takeHead();
        while (!heads.isEmpty() && heads.peek().key.equals(key)) {
            record = Record.newest(record, takeHead());
        }
        return true;
    }

    private Record takeHead() throws IOException {
        EntryCursor source = heads.poll().source;
        Record taken = source.record();
        pushNext(source);
        return taken;
    }

    private void pushNext(EntryCursor source) throws IOException {
        if (source.advance()) {
            heads.add(new Head(source.key(), source));
        }
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
