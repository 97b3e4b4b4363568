package io.quorate.node.lsm.view;

import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.TableWriter;
import io.quorate.node.lsm.table.block.BlockCache;
import io.quorate.node.lsm.table.block.CacheStatistics;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** The files that tables are in. Flushes and merges take their numbers here. Safe for use by several threads. */
public final class TableFiles {
    private final Disk disk;
    private final StoreOptions options;
    private final BlockCache cache;
    private final AtomicLong nextNumber;

    public TableFiles(Disk disk, StoreOptions options, long nextNumber) {
        this.disk = disk;
        this.options = options;
        this.cache = new BlockCache(options.blockCacheBytes());
        this.nextNumber = new AtomicLong(nextNumber);
    }

    public long takeNumber() {
        return nextNumber.getAndIncrement();
    }

    /** Begins a table of a new number, for what a plan writes. */
    public TableWriter create(CompactionPlan plan) throws IOException {
        return TableWriter.create(disk, takeNumber(), plan.outputOptions(options.blockBytes()));
    }

    /**
     * Writes a table of all that was in a memtable; durable when it returns.
     *
     * @throws DiskFullException if there is no room for it; what was written is deleted
     */
    public TableFile write(EntryCursor entries, TableCause cause) throws IOException {
        TableOptions how = TableOptions.ofMemtable(options.blockBytes(), cause);
        TableWriter writer = TableWriter.create(disk, takeNumber(), how);
        try {
            while (entries.advance()) {
                writer.add(entries.key(), entries.record());
            }
            return writer.finish();
        } catch (DiskFullException e) {
            writer.abandon();
            throw e;
        }
    }

    public CacheStatistics cacheStatistics() {
        return cache.statistics();
    }

    public Table open(TableFile file) throws IOException {
        return Table.open(disk, file, cache);
    }

    /** Takes the name away; whoever has the table open goes on reading. */
    public void delete(long number) throws IOException {
        disk.delete(FileName.table(number).toString());
    }
}
