package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.TreeLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All tables by level, and the plans of the running merges. Tables of level 0 may overlap. Those of any other level do
 * not overlap each other. The level of a table is a matter of cost, never of correctness. Immutable.
 */
public final class Levels {
    private final List<List<TableDescription>> byLevel = new ArrayList<>();
    private final List<CompactionPlan> running;
    private final Set<Long> busy;

    public Levels(Collection<TableDescription> tables, Collection<CompactionPlan> running) {
        for (int level = 0; level <= TreeLevel.BOTTOM; level++) {
            byLevel.add(new ArrayList<>());
        }
        tables.forEach(table -> byLevel.get(table.level()).add(table));
        byLevel.forEach(each -> each.sort(Comparator.comparing(TableDescription::firstKey)));
        byLevel.replaceAll(List::copyOf);
        this.running = List.copyOf(running);
        this.busy = running.stream()
                .flatMap(plan -> plan.inputs().stream())
                .map(TableDescription::number)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The tables of a level, by first key. */
    public List<TableDescription> level(int level) {
        return byLevel.get(level);
    }

    public long bytes(int level) {
        return bytes(level(level));
    }

    /** How long all tables are. */
    long bytes() {
        return byLevel.stream().mapToLong(Levels::bytes).sum();
    }

    static long bytes(List<TableDescription> tables) {
        return tables.stream().mapToLong(TableDescription::bytes).sum();
    }

    boolean haveForgotten() {
        return byLevel.stream().flatMap(List::stream).anyMatch(table -> table.forgotten() > 0);
    }

    /** The tables of a level that are in no plan. */
    List<TableDescription> free(int level) {
        return level(level).stream().filter(this::isFree).toList();
    }

    boolean isFree(TableDescription table) {
        return !busy.contains(table.number());
    }

    /** Whether no running merge writes between these keys of a level. */
    boolean isClear(int level, Key first, Key last) {
        return running.stream().noneMatch(plan -> plan.mayCollideWith(level, first, last));
    }

    /** The tables of a level other than 0 that have keys in a range. */
    public List<TableDescription> overlapping(int level, Key first, Key last) {
        List<TableDescription> tables = level(level);
        int from = firstEndingAtOrAfter(tables, first);
        int to = from;
        while (to < tables.size() && tables.get(to).firstKey().compareTo(last) <= 0) {
            to++;
        }
        return tables.subList(from, to);
    }

    private static int firstEndingAtOrAfter(List<TableDescription> tables, Key key) {
        int low = 0;
        int high = tables.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tables.get(middle).lastKey().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
