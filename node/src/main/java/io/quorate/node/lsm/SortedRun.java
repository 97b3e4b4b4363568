package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tables that do not overlap: one of them at most may hold a key. A table of level 0, or a whole level below. */
final class SortedRun {
    private final Table[] tables;
    private final Version maxVersion;

    /** @throws IllegalStateException if two of the tables overlap, since reads would miss what is in one of them */
    SortedRun(List<Table> tables) {
        this.tables = tables.stream()
                .sorted(Comparator.comparing(each -> each.properties().firstKey()))
                .toArray(Table[]::new);
        this.maxVersion =
                tables.stream().map(Table::maxVersion).reduce(Version::max).orElse(Version.ZERO);
        for (int i = 1; i < this.tables.length; i++) {
            requireOrder(this.tables[i - 1], this.tables[i]);
        }
    }

    private static void requireOrder(Table before, Table after) {
        if (before.properties().lastKey().compareTo(after.properties().firstKey()) >= 0) {
            throw new IllegalStateException("the tables " + before.identity() + " and " + after.identity()
                    + " of one level overlap; both are whole, and the next start puts them in order");
        }
    }

    List<Table> tables() {
        return List.of(tables);
    }

    /** What no record in it has a higher version than. */
    Version maxVersion() {
        return maxVersion;
    }

    /** The one table that may hold the key, if there is one with the key in its range. */
    Optional<Table> covering(Key key) {
        int low = 0;
        int high = tables.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tables[middle].properties().lastKey().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean covered =
                low < tables.length && tables[low].properties().firstKey().compareTo(key) <= 0;
        return covered ? Optional.of(tables[low]) : Optional.empty();
    }
}
