package io.quorate.node.lsm.recovery;

import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.view.PlacedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts tables right that the manifest puts into a level where they overlap others: into level 0, where any table may be.
 * A store never writes such a manifest; if it does after all, all data is there, and only what reads rely on is not.
 */
final class OverlapRepair {
    private OverlapRepair() {}

    static List<PlacedTable> withoutOverlap(List<PlacedTable> tables) {
        List<PlacedTable> placed = new ArrayList<>();
        for (int level = 0; level <= TreeLevel.BOTTOM; level++) {
            int each = level;
            List<PlacedTable> byFirstKey = tables.stream()
                    .filter(table -> table.level() == each)
                    .sorted(Comparator.comparing(table -> table.description().firstKey()))
                    .toList();
            placed.addAll(level == 0 ? byFirstKey : demoted(byFirstKey));
        }
        return placed;
    }

    private static List<PlacedTable> demoted(List<PlacedTable> byFirstKey) {
        List<PlacedTable> placed = new ArrayList<>();
        PlacedTable last = null;
        for (PlacedTable table : byFirstKey) {
            boolean overlaps = last != null
                    && table.description()
                                    .firstKey()
                                    .compareTo(last.description().lastKey())
                            <= 0;
            placed.add(overlaps ? PlacedTable.of(table.table(), 0) : table);
            last = overlaps ? last : table;
        }
        return placed;
    }
}
