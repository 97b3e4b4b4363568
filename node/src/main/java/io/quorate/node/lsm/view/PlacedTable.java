package io.quorate.node.lsm.view;

import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.Table;

/** An open table and its place in the tree. */
public record PlacedTable(Table table, TableDescription description) {
    public static PlacedTable of(Table table, int level) {
        return new PlacedTable(table, TableDescription.of(table, level));
    }

    /** As it is in the manifest. */
    public PlacedFile file() {
        return new PlacedFile(table.identity(), level());
    }

    public int level() {
        return description.level();
    }

    public long number() {
        return description.number();
    }
}
