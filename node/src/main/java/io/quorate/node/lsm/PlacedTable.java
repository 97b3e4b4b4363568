package io.quorate.node.lsm;

import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.Table;

/** An open table and where it stands in the tree. */
record PlacedTable(Table table, TableDescription description) {
    static PlacedTable of(Table table, int level) {
        return new PlacedTable(table, TableDescription.of(table, level));
    }

    /** As the manifest has it. */
    PlacedFile file() {
        return new PlacedFile(table.identity(), level());
    }

    int level() {
        return description.level();
    }

    long number() {
        return description.number();
    }
}
