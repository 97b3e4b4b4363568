package io.quorate.node.lsm.manifest;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that make up the store. Immutable.
 *
 * @param tables the live tables by number
 * @param logFloor the first log segment with writes that are in no table
 * @param lastLog the last log segment that was started
 * @param nextNumber no table and no manifest of the store had this number or a higher one
 */
public record ManifestState(SortedMap<Long, PlacedFile> tables, long logFloor, long lastLog, long nextNumber) {
    /** A new store: no table, no log. */
    public static final ManifestState EMPTY = new ManifestState(new TreeMap<>(), 1, 0, 1);

    /** The state between edits. It changes in place, since a copy for each edit would take quadratic time. */
    static final class Builder {
        private final SortedMap<Long, PlacedFile> tables;
        private long logFloor;
        private long lastLog;
        private long nextNumber;

        Builder(ManifestState state) {
            this.tables = new TreeMap<>(state.tables);
            this.logFloor = state.logFloor;
            this.lastLog = state.lastLog;
            this.nextNumber = state.nextNumber;
        }

        void apply(ManifestEdit edit) {
            edit.removed().forEach(tables::remove);
            edit.added().forEach(table -> tables.put(table.file().number(), table));
            logFloor = edit.logFloor();
            lastLog = edit.lastLog();
            nextNumber = Math.max(nextNumber, edit.nextNumber());
        }

        long logFloor() {
            return logFloor;
        }

        long lastLog() {
            return lastLog;
        }

        ManifestState build() {
            return new ManifestState(new TreeMap<>(tables), logFloor, lastLog, nextNumber);
        }
    }
}
