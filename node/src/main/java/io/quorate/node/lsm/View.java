package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where everything is: what a read looks at. Immutable, but that the active memtable grows.
 *
 * @param active takes the writes
 * @param frozen wait for their flush, oldest first
 * @param tables by descending highest version, so that a search may end early: what it has found can be newer than all
 *     that the rest may hold
 */
record View(Memtable active, List<Memtable> frozen, List<Table> tables) {
    private static final Comparator<Table> NEWEST_FIRST =
            Comparator.comparing(Table::maxVersion).reversed();

    View {
        frozen = List.copyOf(frozen);
        tables = tables.stream().sorted(NEWEST_FIRST).toList();
    }

    /** The newest record; empty if a table was dropped meanwhile, and a newer view has its entries elsewhere. */
    Optional<Record> get(Key key) throws IOException {
        Record best = newestInMemtables(key);
        long hash = Table.hashOf(key);
        for (Table table : tables) {
            if (!table.maxVersion().isAfter(best.version())) {
                break;
            }
            if (table.mayContain(key, hash)) {
                if (!table.tryAcquire()) {
                    return Optional.empty();
                }
                try {
                    best = Record.newest(best, table.get(key));
                } finally {
                    table.release();
                }
            }
        }
        return Optional.of(best);
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
