package io.quorate.node.lsm;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.compaction.MergingCursor;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where everything is: what a read looks at. Immutable, but that the active memtable grows.
 *
 * <p>A view holds a reference to each memtable and table in it, and whoever reads holds one to the view: one count up and
 * one down for a read, however much it looks at.
 */
final class View implements AutoCloseable {
    private static final Comparator<Table> NEWEST_FIRST =
            Comparator.comparing(Table::maxVersion).reversed();

    private final References references = new References();
    private final Memtable active;
    private final List<Memtable> frozen;
    private final List<Table> tables;
    private final List<SortedRun> runs;

    /**
     * @param active takes the writes
     * @param frozen wait for their flush, oldest first
     * @param tables in any order
     */
    View(Memtable active, List<Memtable> frozen, List<Table> tables) {
        this.active = active;
        this.frozen = List.copyOf(frozen);
        this.tables = tables.stream().sorted(NEWEST_FIRST).toList();
        this.runs = SortedRun.of(tables);
        memtables().forEach(Memtable::acquire);
        tables.forEach(Table::acquire);
    }

    Memtable active() {
        return active;
    }

    /** Those that wait for their flush, oldest first. */
    List<Memtable> frozen() {
        return frozen;
    }

    /**
     * By descending highest version, so that a search may end early: what it has found can be newer than all that the
     * rest may hold.
     */
    List<Table> tables() {
        return tables;
    }

    /**
     * All entries of a range as they were after the write of sequence {@code asOf}, which this view knows and its tables
     * do not exceed.
     */
    EntryCursor cursor(KeyRange range, Direction direction, long asOf) {
        List<EntryCursor> sources = new ArrayList<>();
        for (Memtable memtable : memtables()) {
            sources.add(memtable.cursor(range, direction, asOf));
        }
        for (SortedRun run : runs) {
            run.cursor(range, direction).ifPresent(sources::add);
        }
        return new MergingCursor(sources, direction);
    }

    /** Takes a reference; false if there is a newer view and nobody reads this one. */
    boolean tryAcquire() {
        return references.tryAcquire();
    }

    /** Gives a reference back. */
    @Override
    public void close() throws IOException {
        if (references.release()) {
            memtables().forEach(Memtable::release);
            for (Table table : tables) {
                table.release();
            }
        }
    }

    /** The newest record. */
    Record get(Key key) throws IOException {
        Record best = newestInMemtables(key);
        long hash = Table.hashOf(key);
        for (Table table : tables) {
            if (!table.maxVersion().isAfter(best.version())) {
                break;
            }
            if (table.mayContain(key, hash)) {
                best = Record.newest(best, table.get(key));
            }
        }
        return best;
    }

    /** The newest record, if no disk is needed to tell. */
    Optional<Record> getFromMemory(Key key) {
        Record best = newestInMemtables(key);
        long hash = Table.hashOf(key);
        for (Table table : tables) {
            if (!table.maxVersion().isAfter(best.version())) {
                break;
            }
            if (table.mayContain(key, hash)) {
                Optional<Record> found = table.getFromMemory(key);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                best = Record.newest(best, found.get());
            }
        }
        return Optional.of(best);
    }

    private Record newestInMemtables(Key key) {
        Record best = active.get(key).orElse(Record.NEVER_WRITTEN);
        for (Memtable memtable : frozen) {
            Optional<Record> found = memtable.get(key);
            if (found.isPresent()) {
                best = Record.newest(best, found.get());
            }
        }
        return best;
    }

    List<Memtable> memtables() {
        List<Memtable> all = new ArrayList<>(frozen);
        all.add(active);
        return all;
    }

    View rotate(Memtable next) {
        return new View(next, memtables(), tables);
    }

    View flushed(Memtable memtable, Table table) {
        return new View(active, frozen.stream().filter(each -> each != memtable).toList(), with(tables, table));
    }

    View compacted(List<Table> inputs, Table output) {
        return new View(
                active,
                frozen,
                with(tables.stream().filter(each -> !inputs.contains(each)).toList(), output));
    }

    private static List<Table> with(List<Table> tables, Table table) {
        List<Table> all = new ArrayList<>(tables);
        all.add(table);
        return all;
    }
}
