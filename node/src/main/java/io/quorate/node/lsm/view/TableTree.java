package io.quorate.node.lsm.view;

import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The live tables, arranged for reads. Immutable. */
public final class TableTree {
    private final List<PlacedTable> placed;
    private final List<SortedRun> runs;

    /** @param placed in any order */
    public TableTree(List<PlacedTable> placed) {
        this.placed = List.copyOf(placed);
        List<SortedRun> all = new ArrayList<>(SortedRun.of(tablesOf(0)));
        for (int level = 1; level <= TreeLevel.BOTTOM; level++) {
            List<Table> tables = tablesOf(level);
            if (!tables.isEmpty()) {
                all.add(new SortedRun(tables));
            }
        }
        all.sort(Comparator.comparing(SortedRun::maxVersion).reversed());
        this.runs = List.copyOf(all);
    }

    private List<Table> tablesOf(int level) {
        return placed.stream()
                .filter(each -> each.level() == level)
                .map(PlacedTable::table)
                .toList();
    }

    /**
     * The sorted runs that gets and scans look at: as few as possible for level 0, and one for each other level. They
     * are sorted by descending highest version. So a search may end early, once its result is newer than all that the
     * rest has.
     */
    List<SortedRun> runs() {
        return runs;
    }

    public List<PlacedTable> placed() {
        return placed;
    }

    List<Table> tables() {
        return placed.stream().map(PlacedTable::table).toList();
    }

    public List<TableDescription> descriptions() {
        return placed.stream().map(PlacedTable::description).toList();
    }

    /** Removes the tables of these numbers, and then adds others, which may have the same numbers. */
    TableTree replacing(Set<Long> removed, List<PlacedTable> added) {
        List<PlacedTable> next = new ArrayList<>(added);
        placed.stream().filter(each -> !removed.contains(each.number())).forEach(next::add);
        return new TableTree(next);
    }
}
