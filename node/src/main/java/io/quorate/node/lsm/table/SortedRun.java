package io.quorate.node.lsm.table;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.EncodedEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Tables that do not overlap, in the order of their keys. At most one of them may hold a key. A cursor goes through one
 * table after the other. Gets, scans and merges look at sorted runs instead of tables. Immutable.
 */
public final class SortedRun {
    private static final Comparator<Table> BY_FIRST_KEY =
            Comparator.comparing(table -> table.properties().firstKey());

    private final List<Table> tables;
    private final Version maxVersion;

    /**
     * One run of all these tables.
     *
     * @throws IllegalStateException if two of them overlap, since reads would miss what is in one of them
     */
    public SortedRun(Collection<Table> tables) {
        this.tables = tables.stream().sorted(BY_FIRST_KEY).toList();
        this.maxVersion =
                tables.stream().map(Table::maxVersion).reduce(Version::max).orElse(Version.ZERO);
        for (int i = 1; i < this.tables.size(); i++) {
            requireOrder(this.tables.get(i - 1), this.tables.get(i));
        }
    }

    private static void requireOrder(Table before, Table after) {
        if (!endsBefore(before, after)) {
            throw new IllegalStateException("the tables " + before.identity() + " and " + after.identity()
                    + " of one level overlap; both are whole, and the next start puts them in order");
        }
    }

    private static boolean endsBefore(Table before, Table after) {
        return before.properties().lastKey().compareTo(after.properties().firstKey()) < 0;
    }

    /** As few runs as possible that have all these tables: as many as overlap at one key. */
    public static List<SortedRun> of(Collection<Table> tables) {
        List<List<Table>> runs = new ArrayList<>();
        for (Table table : tables.stream().sorted(BY_FIRST_KEY).toList()) {
            runThatEndsBefore(table, runs).add(table);
        }
        return runs.stream().map(SortedRun::new).toList();
    }

    private static List<Table> runThatEndsBefore(Table table, List<List<Table>> runs) {
        for (List<Table> run : runs) {
            if (endsBefore(run.get(run.size() - 1), table)) {
                return run;
            }
        }
        List<Table> run = new ArrayList<>();
        runs.add(run);
        return run;
    }

    /** The highest version of its records. */
    public Version maxVersion() {
        return maxVersion;
    }

    /** The one table that may hold the key, if there is one with the key in its range. */
    public Optional<Table> covering(Key key) {
        int at = firstThatEndsAtOrAfter(key);
        boolean covered =
                at < tables.size() && tables.get(at).properties().keys().covers(key);
        return covered ? Optional.of(tables.get(at)) : Optional.empty();
    }

    private int firstThatEndsAtOrAfter(Key key) {
        int low = 0;
        int high = tables.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tables.get(middle).properties().lastKey().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The tables that may have keys of the range, in the direction of a walk. */
    private List<Table> within(KeyRange range, Direction direction) {
        List<Table> within = new ArrayList<>();
        int at = range.start().map(this::firstThatEndsAtOrAfter).orElse(0);
        while (at < tables.size() && tables.get(at).properties().keys().overlaps(range)) {
            within.add(tables.get(at++));
        }
        if (direction == Direction.DESCENDING) {
            Collections.reverse(within);
        }
        return within;
    }

    /** The entries of a range, for a scan. Empty if no table has any. Hold a reference to each table. */
    public Optional<EncodedCursor> cursor(KeyRange range, Direction direction) {
        return walk(within(range, direction), table -> table.cursor(range, direction));
    }

    /** The entries of a range, the least key first, for a merge. It bypasses the cache. */
    public Optional<EncodedCursor> cursorPastCache(KeyRange range) {
        return walk(within(range, Direction.ASCENDING), table -> table.cursorPastCache(range));
    }

    /**
     * As {@link #cursorPastCache}, for a scan that looks for damage. It also reads the filter of each table whose first
     * key is in the range, when it comes to it. So scans of all ranges read each filter once.
     */
    public Optional<EncodedCursor> checkingCursor(KeyRange range) {
        return walk(within(range, Direction.ASCENDING), table -> {
            if (range.contains(table.properties().firstKey())) {
                table.checkFilter();
            }
            return table.cursorPastCache(range);
        });
    }

    private static Optional<EncodedCursor> walk(List<Table> within, Opening opening) {
        return within.isEmpty() ? Optional.empty() : Optional.of(new RunCursor(within.iterator(), opening));
    }

    private interface Opening {
        EncodedCursor open(Table table) throws IOException;
    }

    /** Opens a table when it comes to it. */
    private static final class RunCursor implements EncodedCursor {
        private final Iterator<Table> following;
        private final Opening opening;
        private Optional<EncodedCursor> entries = Optional.empty();

        RunCursor(Iterator<Table> following, Opening opening) {
            this.following = following;
            this.opening = opening;
        }

        @Override
        public boolean advance() throws IOException {
            while (entries.isEmpty() || !entries.get().advance()) {
                if (!following.hasNext()) {
                    return false;
                }
                entries = Optional.of(opening.open(following.next()));
            }
            return true;
        }

        @Override
        public Key key() {
            return entries.orElseThrow().key();
        }

        @Override
        public Record record() {
            return entries.orElseThrow().record();
        }

        @Override
        public EncodedEntry entry() throws IOException {
            return entries.orElseThrow().entry();
        }
    }
}
