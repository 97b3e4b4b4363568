package io.quorate.node.lsm.manifest;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that make up the store. Immutable.
 *
 * @param tables the live tables by number
 * @param logFloor the first log segment with writes that are in no table
 * @param lastLog the last log segment that was started
 */
public record ManifestState(SortedMap<Long, PlacedFile> tables, long logFloor, long lastLog) {
    /** A new store: no table, no log. */
    public static final ManifestState EMPTY = new ManifestState(new TreeMap<>(), 1, 0);

    ManifestState apply(ManifestEdit edit) {
        SortedMap<Long, PlacedFile> next = new TreeMap<>(tables);
        edit.removed().forEach(next::remove);
        edit.added().forEach(table -> next.put(table.file().number(), table));
        return new ManifestState(next, edit.logFloor(), edit.lastLog());
    }
}
