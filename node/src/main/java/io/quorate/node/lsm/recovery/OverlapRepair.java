package io.quorate.node.lsm.recovery;

import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.view.PlacedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Moves tables to level 0 if the manifest has them in another level and they overlap there. In level 0 any table may
 * be. A store never writes such a manifest. If there is one after all, no data is missing, but reads would miss some of
 * it.
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
