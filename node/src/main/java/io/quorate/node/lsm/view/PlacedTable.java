package io.quorate.node.lsm.view;

import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.Table;

/** An open table and where it stands in the tree. */
public record PlacedTable(Table table, TableDescription description) {
    public static PlacedTable of(Table table, int level) {
        return new PlacedTable(table, TableDescription.of(table, level));
    }

    /** As the manifest has it. */
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
