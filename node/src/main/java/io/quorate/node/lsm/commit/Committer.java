package io.quorate.node.lsm.commit;

import io.quorate.common.model.DiskSpace;
import io.quorate.node.lsm.compaction.WriteDelay;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.maintenance.Maintenance;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.View;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Group commit: everything that waits is written to the log and forced as one, then published, then completed.
 *
 * <ul>
 *   <li>Durable before visible: the memtable is touched only after the force.
 *   <li>One task is submitted to the log thread each time the queue becomes non-empty, and a task takes all there is.
 *       While it forces, the next group collects: the slower the disk, the larger the groups.
 *   <li>When flushes or merges fall behind, the next group is held up, the longer the further behind they are. When too
 *       many memtables wait for their flush, or too much for merges, the task leaves what it took where it is and ends; the
 *       end of a flush or a merge submits the next one. No thread ever blocks, so a simulation can run this on its only
 *       thread.
 *   <li>A group that finds no room is taken back from the log before any of it is refused.
 * </ul>
 *
 * All but {@link #submit} is for the log thread.
 */
public final class Committer {
    private final StoreOptions options;
    private final StoreThreads threads;
    private final CommitQueue queue = new CommitQueue();
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor room;
    private final Log log;
    private final Manifest manifest;
    private final ChunkPool memory;
    private final LiveView live;
    private final Maintenance maintenance;
    private final Compactor compactor;
    private final WriteDelay delay;
    private volatile LongConsumer forceListener = forcedNs -> {};

    private final ArrayDeque<QueuedTask> waiting = new ArrayDeque<>();
    private final List<QueuedTask.Batch> group = new ArrayList<>();
    private boolean stalled;
    private long stalledSinceNs;
    private boolean delayed;
    private boolean closed;
    private long sequence;

    public Committer(
            StoreOptions options,
            StoreThreads threads,
            StoreHealth health,
            StoreCounters counters,
            SpaceMonitor room,
            Recovery.Recovered recovered,
            LiveView live,
            Maintenance maintenance,
            Compactor compactor) {
        this.options = options;
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.room = room;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.memory = recovered.memory();
        this.live = live;
        this.maintenance = maintenance;
        this.compactor = compactor;
        this.delay = new WriteDelay(options.compaction());
    }

    /** @param listener told after each force how long it took, in nanoseconds, on the log thread. From any thread */
    public void onForce(LongConsumer listener) {
        forceListener = listener;
    }

    /** Hands over to the log thread. From any thread. */
    public void submit(QueuedTask pending) {
        if (queue.push(pending)) {
            threads.log().execute(this::run);
        }
    }

    private void run() {
        queue.drainTo(waiting);
        if (!stalled && !delayed || room.current() != DiskSpace.ALL_WRITES) {
            commitWaiting();
        }
    }

    /** After a flush or a merge, or a failure of one. */
    public void resume() {
        if (stalled) {
            stalled = false;
            counters.stalledNs.addAndGet(threads.clock().monotonicNs() - stalledSinceNs);
        }
        commitWaiting();
    }

    private void endDelay() {
        delayed = false;
        if (!stalled) {
            commitWaiting();
        }
    }

    private void commitWaiting() {
        health.guard("writing the log", () -> {
            refuseWhatHasNoRoom();
            while (!waiting.isEmpty() && !health.isFailed() && !closed && !delayed && !mustStall()) {
                commitNextIfThereIsRoom();
            }
            if (!health.isFailed() && !closed) {
                log.vouch();
            }
        });
        if (health.isFailed() || closed) {
            giveUp();
        }
    }

    /** If there is no room, nothing was applied; what may use the ballast's place is tried again. */
    private void commitNextIfThereIsRoom() throws IOException {
        try {
            commitNext();
        } catch (DiskFullException e) {
            for (int last = group.size() - 1; last >= 0; last--) {
                waiting.addFirst(group.get(last));
            }
            group.clear();
            room.full();
            refuseWhatHasNoRoom();
        }
    }

    private void refuseWhatHasNoRoom() {
        if (room.current() == DiskSpace.ALL_WRITES) {
            return;
        }
        for (int left = waiting.size(); left > 0; left--) {
            QueuedTask next = waiting.poll();
            if (next instanceof QueuedTask.Batch batch && !room.takes(batch.deletesOnly())) {
                release(batch);
                tell(() -> batch.completion.refused(room.refusal()));
            } else {
                waiting.add(next);
            }
        }
    }

    private boolean mustStall() {
        boolean noMemory = isFull() && live.current().frozen().size() >= options.frozenMemtablesMax();
        stalled = noMemory || waiting.peek() instanceof QueuedTask.Batch && compactor.mustStopWriters();
        if (stalled) {
            stalledSinceNs = threads.clock().monotonicNs();
            counters.stalls.incrementAndGet();
        }
        return stalled;
    }

    private boolean isFull() {
        return log.activeBytes() >= options.memtableBytes()
                || live.current().active().bytes() >= options.memtableBytes();
    }

    private void commitNext() throws IOException {
        if (waiting.peek() instanceof QueuedTask.Close) {
            close((QueuedTask.Close) waiting.poll());
            return;
        }
        if (isFull()) {
            rotate();
        }
        long before = log.activeBytes();
        collectGroup();
        forceLog();
        counters.logForces.incrementAndGet();
        long bytes = log.activeBytes() - before;
        counters.logBytes.addAndGet(bytes);
        publishGroup();
        delayIfBehind(bytes);
    }

    private void forceLog() throws IOException {
        long startNs = threads.clock().monotonicNs();
        log.force();
        forceListener.accept(threads.clock().monotonicNs() - startNs);
    }

    /** The group is done; the next one is held up, and collects meanwhile. */
    private void delayIfBehind(long bytes) {
        long delayMs = delay.afterMs(bytes, Math.max(pressureOfMemory(), compactor.pressureOnWriters()));
        if (delayMs > 0) {
            delayed = true;
            counters.delays.incrementAndGet();
            counters.delayedMs.addAndGet(delayMs);
            threads.timers().after(delayMs, () -> threads.log().execute(this::endDelay));
        }
    }

    /** How full the last memtable is, once all others wait for their flush; so from 0 to 1, where writers stop. */
    private double pressureOfMemory() {
        View view = live.current();
        boolean last = view.frozen().size() >= options.frozenMemtablesMax();
        return last ? Math.min(1, (double) view.active().bytes() / options.memtableBytes()) : 0;
    }

    private void rotate() throws IOException {
        long number = log.rotate(manifest::logStarted);
        Memtable next = new Memtable(number, memory);
        live.update(view -> view.rotate(next));
        next.release();
        maintenance.flushSoon();
    }

    /** The group is one frame of the log, and a batch is wholly in it: that makes the batch atomic. */
    private void collectGroup() {
        long enough = log.activeBytes() + options.groupBytesMax();
        while (log.activeBytes() < enough && waiting.peek() instanceof QueuedTask.Batch batch) {
            waiting.poll();
            group.add(batch);
            for (QueuedTask.KeyedRecord entry : batch.entries) {
                log.collect(entry.key(), entry.record());
            }
        }
    }

    private void publishGroup() {
        Memtable memtable = live.current().active();
        long before = sequence;
        for (QueuedTask.Batch batch : group) {
            for (QueuedTask.KeyedRecord entry : batch.entries) {
                memtable.collect(entry.key(), entry.record(), ++sequence);
            }
        }
        memtable.putCollected();
        live.publish(sequence);
        counters.writes.addAndGet(sequence - before);
        for (QueuedTask.Batch batch : group) {
            counters.userBytes.addAndGet(batch.userBytes);
            release(batch);
            tell(batch.completion::applied);
        }
        group.clear();
    }

    private void release(QueuedTask.Batch batch) {
        counters.queuedBytes.addAndGet(-batch.bytes);
    }

    /** A completion that throws is a defect of the caller's: the others are told all the same. */
    private void tell(Runnable call) {
        health.guard("telling a caller what became of a write", call::run);
    }

    private void close(QueuedTask.Close close) throws IOException {
        closed = true;
        try {
            log.close();
        } finally {
            maintenance.closeSoon(close.whenClosed);
        }
    }

    /** The group that was being written may be on disk, what waited is surely not. */
    private void giveUp() {
        for (QueuedTask.Batch batch : group) {
            release(batch);
            tell(() -> batch.completion.unknown(outcomeUnknown()));
        }
        group.clear();
        while (!waiting.isEmpty()) {
            giveUp(waiting.poll());
        }
    }

    private void giveUp(QueuedTask pending) {
        if (pending instanceof QueuedTask.Batch batch) {
            release(batch);
            tell(() -> batch.completion.refused(refusal()));
        } else if (pending instanceof QueuedTask.Close close) {
            closed = true;
            maintenance.closeSoon(close.whenClosed);
        }
    }

    private UnknownOutcomeException outcomeUnknown() {
        return new UnknownOutcomeException(
                "the store failed while this was being written; it may or may not show after a restart",
                health.failure());
    }

    private RefusedException refusal() {
        return health.isFailed() ? health.stopped() : health.closed();
    }
}
