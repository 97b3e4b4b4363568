package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.Clock;
import io.quorate.node.lsm.maintenance.Flusher;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes one group of batches: into the log, which is forced, and then into the memtable, where readers see it. A log
 * segment and a memtable always have the same writes, so they begin and end together. The log thread owns it.
 */
final class GroupWriter {
    private final int memtableBytes;
    private final Clock clock;
    private final StoreCounters counters;
    private final Log log;
    private final Manifest manifest;
    private final Publication publication;
    private final Flusher flusher;

    // Any thread sets it, the log thread calls it.
    private volatile LongConsumer forceListener = forcedNs -> {};

    GroupWriter(OpenStore store, Flusher flusher) {
        this.memtableBytes = store.options().memtables().bytes();
        this.clock = store.threads().clock();
        this.counters = store.counters();
        this.log = store.recovered().log();
        this.manifest = store.recovered().manifest();
        this.publication = new Publication(store);
        this.flusher = flusher;
    }

    /**
     * @param listener receives after each force how long it took, in nanoseconds, on the log thread. From any thread
     */
    void onForce(LongConsumer listener) {
        forceListener = listener;
    }

    boolean isMemtableFull() {
        return log.activeBytes() >= memtableBytes || publication.memtableBytes() >= memtableBytes;
    }

    double memtableFill() {
        return (double) publication.memtableBytes() / memtableBytes;
    }

    /** How many entries of the active memtable a merge may drop. */
    int forgotten() {
        return publication.forgotten();
    }

    /** While the disk is full, the log takes no more of it than its writes. */
    void follow(DiskSpace space) {
        log.setZerosAhead(space == DiskSpace.ALL_WRITES);
    }

    /** Begins another log segment and another memtable. The full one waits for its flush. */
    void rotate() throws IOException {
        long number = log.rotate(manifest::logStarted);
        publication.beginMemtable(number);
        flusher.flushSoon();
    }

    /** How long the active log segment is, with what was collected. */
    long logBytes() {
        return log.activeBytes();
    }

    /** Adds a batch to the group. The group is one frame of the log, and a batch lies wholly in it: so it is atomic. */
    void collect(QueuedTask.Batch batch) {
        for (QueuedTask.KeyedRecord entry : batch.entries) {
            log.collect(entry.key(), entry.record());
        }
    }

    /** Makes the group durable. */
    void force() throws IOException {
        long startNs = clock.monotonicNs();
        log.force();
        forceListener.accept(clock.monotonicNs() - startNs);
        counters.logForces.incrementAndGet();
    }

    /** Makes the group visible. It must be durable already. */
    void publish(List<QueuedTask.Batch> group) {
        counters.writes.addAndGet(publication.publish(group));
    }

    /** Says on disk that the last force succeeded, now that nothing more waits. */
    void vouch() throws IOException {
        log.vouch();
    }

    void close() throws IOException {
        log.close();
    }
}
