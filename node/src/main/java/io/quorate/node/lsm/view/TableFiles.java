package io.quorate.node.lsm.view;

import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.FileNumbers;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.FilterBudget;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.table.cache.BlockCache;
import io.quorate.node.lsm.table.cache.CacheStatistics;
import java.io.IOException;

/** The files of the tables. Flushes and merges take their numbers here. Safe for use by several threads. */
public final class TableFiles {
    private final Disk disk;
    private final StoreOptions options;
    private final BlockCache cache;
    private final FilterBudget filters;
    private final FileNumbers numbers;

    public TableFiles(Disk disk, StoreOptions options, FileNumbers numbers) {
        this.disk = disk;
        this.options = options;
        this.cache = new BlockCache(options.blocks().cacheBytes());
        this.filters = new FilterBudget(options.blocks().filterBytesMax());
        this.numbers = numbers;
    }

    /** Begins an output of a plan, with a new number. */
    public TableWriter create(CompactionPlan plan, long wallMs) throws IOException {
        return TableWriter.create(
                disk, numbers.take(), plan.outputOptions(options.blocks().blockBytes(), wallMs));
    }

    /**
     * Writes a table of the entries of a memtable. It is durable when this returns.
     *
     * @param wallMs the time now
     * @throws ShortageException if it could not be written. Its file is deleted
     */
    public TableFile write(EncodedCursor entries, TableCause cause, long wallMs) throws IOException {
        TableOptions how = TableOptions.ofMemtable(options.blocks().blockBytes(), cause, wallMs);
        TableWriter writer = TableWriter.create(disk, numbers.take(), how);
        try {
            while (entries.advance()) {
                writer.add(entries.entry());
            }
            return writer.finish();
        } catch (ShortageException e) {
            writer.abandon();
            throw e;
        }
    }

    public CacheStatistics cacheStatistics() {
        return cache.statistics();
    }

    public FilterBudget filters() {
        return filters;
    }

    /**
     * Opens a new table, with its filter in memory if there is room.
     *
     * @param level where it is in the tree
     */
    public Table open(TableFile file, int level) throws IOException {
        return Table.open(disk, file, cache, filters, level);
    }

    /** As {@link #open}, with little to read. Its filter stays on disk until {@link Table#loadFilter}. */
    public Table openWithoutFilter(TableFile file, int level) throws IOException {
        return Table.openWithoutFilter(disk, file, cache, filters, level);
    }

    /** Deletes the name. Readers that have the table open go on reading. */
    public void delete(long number) throws IOException {
        disk.delete(FileName.table(number).toString());
    }
}
