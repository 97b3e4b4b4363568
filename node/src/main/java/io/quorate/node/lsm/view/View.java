package io.quorate.node.lsm.view;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.MergingCursor;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All memtables and tables that a read looks at. Immutable, except that the active memtable grows.
 *
 * <p>A view holds a reference to each of its memtables and tables, and a reader holds one to the view. So a read counts
 * one reference up and down, however much it looks at.
 */
public final class View implements AutoCloseable {
    private final References references = new References();
    private final Memtable active;
    private final List<Memtable> frozen;
    private final TableTree tree;

    /**
     * @param active takes the writes
     * @param frozen wait for their flush, oldest first
     */
    public View(Memtable active, List<Memtable> frozen, TableTree tree) {
        this.active = active;
        this.frozen = List.copyOf(frozen);
        this.tree = tree;
        memtables().forEach(Memtable::acquire);
        tables().forEach(Table::acquire);
    }

    public Memtable active() {
        return active;
    }

    /** The memtables that wait for their flush, oldest first. */
    public List<Memtable> frozen() {
        return frozen;
    }

    public TableTree tree() {
        return tree;
    }

    /** In no order. */
    public List<Table> tables() {
        return tree.tables();
    }

    /**
     * All entries of a range as they were after the write of sequence {@code asOf}. That write must be in this view,
     * and its tables must hold no later one.
     */
    EntryCursor cursor(KeyRange range, Direction direction, long asOf) {
        List<EntryCursor> sources = new ArrayList<>();
        for (Memtable memtable : memtables()) {
            sources.add(memtable.cursor(range, direction, asOf));
        }
        for (SortedRun run : tree.runs()) {
            run.cursor(range, direction).ifPresent(sources::add);
        }
        return new MergingCursor(sources, direction);
    }

    /** Like {@link #cursor}, up, with each block and filter read from the disk. */
    EntryCursor cursorPastCache(KeyRange range, long asOf) {
        List<EntryCursor> sources = new ArrayList<>();
        for (Memtable memtable : memtables()) {
            sources.add(memtable.cursor(range, Direction.ASCENDING, asOf));
        }
        for (SortedRun run : tree.runs()) {
            run.checkingCursor(range).ifPresent(sources::add);
        }
        return new MergingCursor(sources, Direction.ASCENDING);
    }

    /** Like {@link #cursor}, but only over the memtables, the least key first. */
    public EntryCursor memtableCursor(long asOf) {
        return new MergingCursor(memtables().stream()
                .map(memtable -> memtable.cursor(KeyRange.ALL, Direction.ASCENDING, asOf))
                .toList());
    }

    /** Takes a reference. False if a newer view has replaced this one and its last reader is gone. */
    boolean tryAcquire() {
        return references.tryAcquire();
    }

    /** Gives a reference back. */
    @Override
    public void close() throws IOException {
        if (references.release()) {
            memtables().forEach(Memtable::release);
            for (Table table : tables()) {
                table.release();
            }
        }
    }

    /**
     * The newest record of those up to the write of sequence {@code asOf}.
     *
     * @param asOf a sequence that was published while the caller had this view
     * @param counters counts the tables that were read for it
     */
    public Record get(Key key, long asOf, StoreCounters counters) throws IOException {
        Record best = newestInMemtables(key, asOf);
        long hash = Table.hashOf(key);
        for (SortedRun run : tree.runs()) {
            if (!mayReplace(run.maxVersion(), best)) {
                break;
            }
            Optional<Table> table = worthReading(run, key, hash, best);
            if (table.isPresent()) {
                counters.tablesRead.increment();
                best = Record.newest(best, table.get().get(key, hash));
            }
        }
        counters.gets.increment();
        return best;
    }

    /** The table of a run that may hold a record of the key that replaces the best one so far. */
    private static Optional<Table> worthReading(SortedRun run, Key key, long hash, Record best) {
        return run.covering(key).filter(table -> mayReplace(table.maxVersion(), best) && table.mayContain(key, hash));
    }

    /** Whether a record up to this version may replace the best one. One of the same version may be forgotten. */
    private static boolean mayReplace(Version highest, Record best) {
        return !best.version().isAfter(highest);
    }

    /** The result of {@link #get}, if memory is enough to know it. Only then the read is counted. */
    public Optional<Record> getFromMemory(Key key, long asOf, StoreCounters counters) {
        int read = 0;
        Record best = newestInMemtables(key, asOf);
        long hash = Table.hashOf(key);
        for (SortedRun run : tree.runs()) {
            if (!mayReplace(run.maxVersion(), best)) {
                break;
            }
            Optional<Table> table = worthReading(run, key, hash, best);
            if (table.isPresent()) {
                Optional<Record> found = table.get().getFromMemory(key);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                best = Record.newest(best, found.get());
                read++;
            }
        }
        counters.tablesRead.add(read);
        counters.gets.increment();
        return Optional.of(best);
    }

    /**
     * Whether a part of this view, other than some tables, may hold a record of the key up to a version. A memtable
     * that has the key counts, whatever the version. Reads memory only.
     *
     * @param inputs the numbers of the tables that do not count
     */
    public boolean mayHold(Key key, Version highest, Set<Long> inputs) {
        if (memtables().stream().anyMatch(memtable -> memtable.holds(key))) {
            return true;
        }
        long hash = Table.hashOf(key);
        return tree.runs().stream()
                .flatMap(run -> run.covering(key).stream())
                .filter(table -> !inputs.contains(table.identity().number()))
                .anyMatch(table -> !table.minVersion().isAfter(highest) && table.mayContain(key, hash));
    }

    private Record newestInMemtables(Key key, long asOf) {
        Record best = active.get(key, asOf).orElse(Record.NEVER_WRITTEN);
        for (Memtable memtable : frozen) {
            Optional<Record> found = memtable.get(key, asOf);
            if (found.isPresent()) {
                best = Record.newest(best, found.get());
            }
        }
        return best;
    }

    public List<Memtable> memtables() {
        List<Memtable> all = new ArrayList<>(frozen);
        all.add(active);
        return all;
    }

    public View rotate(Memtable next) {
        return new View(next, memtables(), tree);
    }

    public View flushed(Memtable memtable, Table table) {
        List<Memtable> left = frozen.stream().filter(each -> each != memtable).toList();
        return new View(active, left, tree.replacing(Set.of(), List.of(PlacedTable.of(table, 0))));
    }

    public View compacted(Set<Long> inputs, List<PlacedTable> outputs) {
        return new View(active, frozen, tree.replacing(inputs, outputs));
    }
}
