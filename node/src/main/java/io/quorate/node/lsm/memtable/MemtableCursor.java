package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.EncodedEntry;

/** A cursor over a range of a memtable, in one direction, as it was at one moment. */
final class MemtableCursor implements EncodedCursor {
    private final Nodes nodes;
    private final States states;
    private final SkipList ordered;
    private final KeyRange range;
    private final Direction direction;
    private final long asOf;

    private final int[] path = new int[SkipList.HEIGHT_MAX];
    private final EncodedEntry entry = new EncodedEntry();
    private boolean begun;
    private boolean ended;
    private int node;
    private Key key;
    private int state;

    MemtableCursor(Nodes nodes, States states, SkipList ordered, KeyRange range, Direction direction, long asOf) {
        this.nodes = nodes;
        this.states = states;
        this.ordered = ordered;
        this.range = range;
        this.direction = direction;
        this.asOf = asOf;
    }

    @Override
    public boolean advance() {
        while (move()) {
            state = states.asOf(nodes.newest(node), asOf);
            if (state != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean move() {
        if (!ended) {
            node = begun ? following() : first();
            begun = true;
            ended = node == 0 || isBeyond();
            key = null;
        }
        return !ended;
    }

    private int first() {
        return switch (direction) {
            case ASCENDING ->
                range.start()
                        .map(start -> ordered.ceiling(Nodes.prefixOf(start.bytes()), start.bytes()))
                        .orElseGet(ordered::first);
            case DESCENDING ->
                range.end()
                        .map(end -> ordered.floor(path, Nodes.prefixOf(end.bytes()), end.bytes()))
                        .orElseGet(() -> ordered.last(path));
        };
    }

    private int following() {
        return switch (direction) {
            case ASCENDING -> ordered.next(node);
            case DESCENDING -> ordered.previous(path, Nodes.prefixOf(key().bytes()), key().bytes());
        };
    }

    private boolean isBeyond() {
        return switch (direction) {
            case ASCENDING ->
                range.end().isPresent() && nodes.compare(node, range.end().get()) >= 0;
            case DESCENDING ->
                range.start().isPresent() && nodes.compare(node, range.start().get()) < 0;
        };
    }

    @Override
    public Key key() {
        if (key == null) {
            key = nodes.key(node);
        }
        return key;
    }

    @Override
    public EncodedEntry entry() {
        nodes.show(node, entry);
        states.show(state, entry);
        return entry;
    }

    @Override
    public Record record() {
        return states.record(state);
    }
}
