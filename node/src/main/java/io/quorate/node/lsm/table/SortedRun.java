package io.quorate.node.lsm.table;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.EntryCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Tables that do not overlap, in the order of their keys: a walk goes through one after the other and reads only one. */
public final class SortedRun {
    private static final Comparator<Table> BY_FIRST_KEY =
            Comparator.comparing(table -> table.properties().firstKey());

    private final List<Table> tables = new ArrayList<>();

    private SortedRun() {}

    /** The fewest runs that have all these tables: as many as overlap somewhere, whatever level they are of. */
    public static List<SortedRun> of(Collection<Table> tables) {
        List<SortedRun> runs = new ArrayList<>();
        for (Table table : tables.stream().sorted(BY_FIRST_KEY).toList()) {
            runThatEndsBefore(table, runs).tables.add(table);
        }
        return List.copyOf(runs);
    }

    private static SortedRun runThatEndsBefore(Table table, List<SortedRun> runs) {
        for (SortedRun run : runs) {
            Table last = run.tables.get(run.tables.size() - 1);
            if (last.properties().lastKey().compareTo(table.properties().firstKey()) < 0) {
                return run;
            }
        }
        SortedRun run = new SortedRun();
        runs.add(run);
        return run;
    }

    /** The tables that may have keys of the range, in the direction of a walk. */
    private List<Table> within(KeyRange range, Direction direction) {
        List<Table> within = new ArrayList<>(tables);
        within.removeIf(table -> !table.properties().overlaps(range));
        if (direction == Direction.DESCENDING) {
            Collections.reverse(within);
        }
        return within;
    }

    /** The entries of a range; empty if no table has any. Hold a reference to each table. */
    public Optional<EntryCursor> cursor(KeyRange range, Direction direction) {
        List<Table> within = within(range, direction);
        return within.isEmpty() ? Optional.empty() : Optional.of(new Cursor(within.iterator(), range, direction));
    }

    private static final class Cursor implements EntryCursor {
        private final Iterator<Table> following;
        private final KeyRange range;
        private final Direction direction;
        private EntryCursor entries;

        Cursor(Iterator<Table> following, KeyRange range, Direction direction) {
            this.following = following;
            this.range = range;
            this.direction = direction;
            this.entries = next();
        }

        private EntryCursor next() {
            return following.next().cursor(range, direction);
        }

        @Override
        public boolean advance() throws IOException {
            while (!entries.advance()) {
                if (!following.hasNext()) {
                    return false;
                }
                entries = next();
            }
            return true;
        }

        @Override
        public Key key() {
            return entries.key();
        }

        @Override
        public Record record() {
            return entries.record();
        }
    }
}
