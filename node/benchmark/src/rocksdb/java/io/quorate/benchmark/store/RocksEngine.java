package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * RocksDB by JNI, with as much memory as our store has. Options that both engines have are set alike. If the memory for
 * filters is bounded, its indexes and filters are in its cache, those of level 0 pinned. All other options keep their
 * defaults: leveled compaction, the log on, CRC-32C of blocks verified. Closing it leaves all data in tables.
 */
final class RocksEngine implements Engine {
    /** As ours: fast above, small in the last level. */
    private static final CompressionType COMPRESSION = CompressionType.LZ4_COMPRESSION;

    private static final CompressionType BOTTOMMOST_COMPRESSION = CompressionType.ZSTD_COMPRESSION;

    /** As ours. */
    private static final int BLOOM_BITS_PER_KEY = 10;

    /** As the benchmark's targets have it: flushes and compactions together. */
    private static final int BACKGROUND_JOBS = 2;

    private static final int LEVELS = 7;
    private static final int SHARDS_MAX = 64;
    private static final int SHARD_BYTES_MIN = 16 << 20;

    /** More than 0 while there is work in the background. */
    private static final List<String> WORK = List.of(
            "rocksdb.num-running-flushes",
            "rocksdb.mem-table-flush-pending",
            "rocksdb.num-running-compactions",
            "rocksdb.compaction-pending");

    /** Native memory, freed in the opposite order. */
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    private final RocksDB db;
    private final WriteOptions unsynced;
    private final WriteOptions synced;
    private final ReadOptions reading;

    RocksEngine(Path directory, StoreOptions options) throws RocksDBException {
        RocksDB.loadLibrary();
        this.unsynced = own(new WriteOptions());
        this.synced = own(new WriteOptions().setSync(true));
        this.reading = own(new ReadOptions());
        this.db = own(RocksDB.open(optionsLike(options), directory.toString()));
    }

    private Options optionsLike(StoreOptions ours) {
        boolean isBounded = ours.blocks().filterBytesMax() < Long.MAX_VALUE;
        BlockBasedTableConfig tables = new BlockBasedTableConfig()
                .setBlockSize(ours.blocks().blockBytes())
                .setBlockCache(own(cache(ours.blocks().cacheBytes(), isBounded)))
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
                .setCacheIndexAndFilterBlocks(isBounded)
                .setPinL0FilterAndIndexBlocksInCache(isBounded);
        return own(new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(ours.memtables().bytes())
                .setMaxWriteBufferNumber(1 + ours.memtables().frozenMax())
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setCompressionType(COMPRESSION)
                .setBottommostCompressionType(BOTTOMMOST_COMPRESSION)
                .setTableFormatConfig(tables));
    }

    /**
     * An index or filter is for a whole table and may take a megabyte. RocksDB divides a cache into up to 64 shards of
     * half a megabyte or more, and such a block does not stay in a small shard. So with a cache of 50 MB, hits took two
     * to five times as long.
     */
    private static LRUCache cache(long bytes, boolean hasIndexes) {
        if (!hasIndexes) {
            return new LRUCache(bytes);
        }
        long shards = Math.max(1, Math.min(SHARDS_MAX, bytes / SHARD_BYTES_MIN));
        return new LRUCache(bytes, Long.SIZE - 1 - Long.numberOfLeadingZeros(shards));
    }

    private <T extends AutoCloseable> T own(T thing) {
        owned.push(thing);
        return thing;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        put(unsynced, key, value);
    }

    @Override
    public void awaitPuts() {}

    @Override
    public void putSynced(byte[] key, byte[] value) {
        put(synced, key, value);
    }

    private void put(WriteOptions how, byte[] key, byte[] value) {
        try {
            db.put(how, key, value);
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB failed to write", e);
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        try {
            return Optional.ofNullable(db.get(reading, key));
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB failed to read", e);
        }
    }

    @Override
    public int scan(byte[] from, int count) {
        try (RocksIterator entries = db.newIterator(reading)) {
            int taken = 0;
            for (entries.seek(from); taken < count && entries.isValid(); entries.next()) {
                taken += entries.key().length > 0 && entries.value().length > 0 ? 1 : 0;
            }
            entries.status();
            return taken;
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB failed to scan", e);
        }
    }

    @Override
    public boolean isAtWork() {
        try {
            for (String property : WORK) {
                if (db.getLongProperty(property) > 0) {
                    return true;
                }
            }
            return false;
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB failed to say what it does", e);
        }
    }

    /** By its figures of compactions, which have flushes in them. A level without tables may have none. */
    @Override
    public TableBytes tables() {
        try {
            Map<String, String> figures = db.getMapProperty("rocksdb.cfstats");
            List<Long> levels = new ArrayList<>();
            for (int level = 0; level < LEVELS; level++) {
                String bytes = figures.getOrDefault("compaction.L" + level + ".SizeBytes", "0");
                levels.add((long) Double.parseDouble(bytes));
            }
            double writtenGb = Double.parseDouble(figures.get("compaction.Sum.WriteGB"));
            return new TableBytes((long) (writtenGb * (1L << 30)), levels);
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB failed to say what it wrote", e);
        }
    }

    @Override
    public void close() {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            db.flush(waiting);
            while (!owned.isEmpty()) {
                owned.pop().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("RocksDB failed to close", e);
        }
    }
}
