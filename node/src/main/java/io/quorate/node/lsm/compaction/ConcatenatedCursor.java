package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One table after the other. Each is first read when the walk gets there. */
public final class ConcatenatedCursor implements EntryCursor {
    private final Iterator<Table> rest;
    private final Optional<Key> fromInclusive;
    private Optional<EntryCursor> current = Optional.empty();

    /** @param tables by ascending keys, without overlap; to stay open */
    public ConcatenatedCursor(List<Table> tables, Optional<Key> fromInclusive) {
        this.rest = tables.iterator();
        this.fromInclusive = fromInclusive;
    }

    @Override
    public boolean advance() throws IOException {
        while (current.isEmpty() || !current.get().advance()) {
            if (!rest.hasNext()) {
                return false;
            }
            current = Optional.of(open(rest.next()));
        }
        return true;
    }

    private EntryCursor open(Table table) throws IOException {
        return fromInclusive.isPresent() ? table.cursor(fromInclusive.get()) : table.cursor();
    }

    @Override
    public Key key() {
        return current.orElseThrow().key();
    }

    @Override
    public Record record() {
        return current.orElseThrow().record();
    }
}
