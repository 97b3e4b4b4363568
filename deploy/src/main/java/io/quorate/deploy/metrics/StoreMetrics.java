package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.common.model.DiskSpace;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.statistics.StoreStatistics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of this process: its statistics as of the last scrape, and how long its log was forced each time. */
final class StoreMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

    private final MeterRegistry registry;
    private volatile Watched watched;
    private volatile StoreStatistics statistics;
    private volatile double usableBytes = Double.NaN;
    private volatile double totalBytes = Double.NaN;

    private record Watched(Store store, Disk disk) {}

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Store store, Disk disk) {
        watched = new Watched(store, disk);
        statistics = store.statistics();
        Timer forces = Timer.builder("quorate.store.log.force")
                .description("How long writing and forcing (fdatasync) a group of writes to the log took")
                .serviceLevelObjectives(Buckets.FORCE)
                .register(registry);
        store.onForce(elapsedNs -> forces.record(elapsedNs, TimeUnit.NANOSECONDS));
        bindWrites();
        bindReads();
        bindTables();
        bindCompaction();
        bindDiskSpace(store);
    }

    /** Before the meters are read; may ask the file system. */
    void refresh() {
        Watched now = watched;
        if (now == null) {
            return;
        }
        statistics = now.store().statistics();
        try {
            usableBytes = now.disk().usableBytes();
            totalBytes = now.disk().totalBytes();
        } catch (IOException e) {
            usableBytes = Double.NaN;
            LOG.warn(
                    "cannot tell how full the file system of {} is: {}",
                    now.disk().pathOf(""),
                    e.toString());
        }
    }

    private void bindWrites() {
        counter("quorate.store.writes", "Records that were applied", StoreStatistics::writes);
        counter(
                "quorate.store.user.bytes",
                "Length of the keys and values that were applied",
                StoreStatistics::userBytes);
        counter("quorate.store.log.bytes", "Bytes written to the log", StoreStatistics::logBytes);
        gauge("quorate.store.queued.bytes", "About how much waits for the log thread", StoreStatistics::queuedBytes);
        counter(
                "quorate.store.stalls",
                "Times that writes had to wait for the end of a flush or merge",
                StoreStatistics::stalls);
        counter(
                "quorate.store.stalled.seconds",
                "For how long writes had to wait for the end of a flush or merge",
                each -> each.stalledMs() / 1e3);
        counter("quorate.store.delays", "Short pauses of writes, for merges to catch up", StoreStatistics::delays);
        counter(
                "quorate.store.delayed.seconds",
                "For how long writes were paused for merges to catch up",
                each -> each.delayedMs() / 1e3);
    }

    private void bindReads() {
        counter("quorate.store.gets", "Reads of one key", StoreStatistics::gets);
        counter(
                "quorate.store.tables.read",
                "Tables looked into for reads of one key, beyond key range and filter",
                StoreStatistics::tablesRead);
        counter("quorate.store.cache.hits", "Blocks of tables that were in the cache", each -> each.cache()
                .hits());
        counter("quorate.store.cache.misses", "Blocks of tables that had to be read", each -> each.cache()
                .misses());
        counter("quorate.store.cache.evictions", "Blocks that left the cache for others", each -> each.cache()
                .evictions());
        gauge("quorate.store.cache.bytes", "About what the cache of blocks takes in memory", each -> each.cache()
                .bytes());
        gauge("quorate.store.open.scans", "Scans of the store that were not closed", StoreStatistics::openScans);
    }

    private void bindTables() {
        gauge("quorate.store.memtable.bytes", "What all memtables take", StoreStatistics::memtableBytes);
        gauge(
                "quorate.store.frozen.memtables",
                "Memtables that wait for their flush",
                StoreStatistics::frozenMemtables);
        counter("quorate.store.flushed.bytes", "Bytes written to tables from memtables", StoreStatistics::flushedBytes);
        int levels = statistics.compaction().tablesByLevel().size();
        for (int i = 0; i < levels; i++) {
            bindLevel(i);
        }
    }

    private void bindLevel(int level) {
        String label = Integer.toString(level);
        Gauge.builder(
                        "quorate.store.level.tables",
                        this,
                        each -> each.statistics.compaction().tablesByLevel().get(level))
                .description("How many tables are live")
                .tag("level", label)
                .register(registry);
        Gauge.builder(
                        "quorate.store.level.bytes",
                        this,
                        each -> each.statistics.compaction().bytesByLevel().get(level))
                .description("How long the live tables are")
                .tag("level", label)
                .register(registry);
        FunctionCounter.builder("quorate.store.compacted.bytes", this, each -> each.statistics
                        .compaction()
                        .writtenBytesByLevel()
                        .get(level))
                .description("Bytes written to tables from tables, by the level that was written to")
                .tag("level", label)
                .register(registry);
    }

    private void bindCompaction() {
        counter("quorate.store.merges", "Merges of tables that ended", each -> each.compaction()
                .merges());
        counter(
                "quorate.store.trivial.moves",
                "Tables that changed their level without being read",
                each -> each.compaction().trivialMoves());
        counter(
                "quorate.store.merges.held.up",
                "Merges that found no room and were undone, to be tried again",
                each -> each.compaction().mergesHeldUp());
        gauge("quorate.store.running.merges", "Merges on their way", each -> each.compaction()
                .runningMerges());
        gauge(
                "quorate.store.compaction.debt.bytes",
                "About how much is to be written until no merge is due",
                each -> each.compaction().debtBytes());
        gauge(
                "quorate.store.write.amplification",
                "Bytes written to tables for each byte that users wrote, since the start",
                StoreStatistics::writeAmplification);
    }

    private void bindDiskSpace(Store store) {
        for (DiskSpace space : DiskSpace.values()) {
            Gauge.builder("quorate.store.disk.space", store, each -> each.diskSpace() == space ? 1 : 0)
                    .description("1 for what the disk has space for now")
                    .tag("space", space.label())
                    .register(registry);
        }
        Gauge.builder("quorate.disk.usable.bytes", this, each -> each.usableBytes)
                .description("About how much could be written to the store's file system")
                .register(registry);
        Gauge.builder("quorate.disk.total.bytes", this, each -> each.totalBytes)
                .description("How large the store's file system is")
                .register(registry);
    }

    private void counter(String name, String help, ToDoubleFunction<StoreStatistics> figure) {
        FunctionCounter.builder(name, this, each -> figure.applyAsDouble(each.statistics))
                .description(help)
                .register(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<StoreStatistics> figure) {
        Gauge.builder(name, this, each -> figure.applyAsDouble(each.statistics))
                .description(help)
                .register(registry);
    }
}
