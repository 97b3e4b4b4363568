package io.quorate.node.lsm;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.compaction.MergingCursor;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.FilterBudget;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a checkpoint where it lies. No store is opened, so it stays a checkpoint, and several processes may read it at
 * once. For one thread.
 */
public final class CheckpointReader implements AutoCloseable {
    private final List<Table> tables = new ArrayList<>();

    private CheckpointReader() {}

    /**
     * @throws io.quorate.node.lsm.failure.CannotOpenException if the directory holds no store
     * @throws io.quorate.node.lsm.failure.CorruptException if a table is missing or damaged
     */
    public static CheckpointReader open(Disk checkpoint) throws IOException {
        CheckpointReader reader = new CheckpointReader();
        FilterBudget noRoom = new FilterBudget(0); // nearly all is read in order
        try {
            for (PlacedFile placed : Manifest.load(checkpoint).tables().values()) {
                reader.tables.add(
                        Table.openWithoutFilter(checkpoint, placed.file(), new BlockCache(0), noRoom, placed.level()));
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** As {@link Store#get(Keyspace, Key)} had it when the checkpoint was made. */
    public Record get(Keyspace keyspace, Key key) throws IOException {
        Key stored = keyspace.stored(key);
        Record newest = Record.NEVER_WRITTEN;
        for (Table table : tables) {
            newest = Record.newest(newest, table.get(stored));
        }
        return newest;
    }

    /** All entries of a keyspace, by their {@linkplain Keyspace#stored stored} keys. */
    public EntryCursor cursor(Keyspace keyspace) {
        KeyRange all = keyspace.stored(KeyRange.ALL);
        return new MergingCursor(tables.stream()
                .map(table -> table.cursor(all, Direction.ASCENDING))
                .toList());
    }

    @Override
    public void close() throws IOException {
        for (Table table : tables) {
            table.release();
        }
        tables.clear();
    }
}
