package io.quorate.node.lsm;

import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.wal.Log;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Group commit: everything that waits is written to the log and forced as one, then published, then completed.
 *
 * <ul>
 *   <li>Durable before visible: the memtable is touched only after the force.
 *   <li>One task is submitted to the log thread each time the queue becomes non-empty, and a task takes all there is.
 *       While it forces, the next group collects: the slower the disk, the larger the groups.
 *   <li>When too many memtables wait for their flush, the task leaves what it took where it is and ends; the end of a
 *       flush submits the next one. No thread ever blocks, so a simulation can run this on its only thread.
 * </ul>
 *
 * All but {@link #submit} is for the log thread.
 */
final class Committer {
    private final StoreOptions options;
    private final Executor logThread;
    private final CommitQueue queue = new CommitQueue();
    private final Health health;
    private final Counters counters;
    private final Log log;
    private final Manifest manifest;
    private final ChunkPool memory;
    private final LiveView live;
    private final Maintenance maintenance;

    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private final List<Pending.Write> group = new ArrayList<>();
    private boolean stalled;
    private boolean closed;
    private long sequence;

    Committer(
            StoreOptions options,
            Executor logThread,
            Health health,
            Counters counters,
            Recovery.Recovered recovered,
            LiveView live,
            Maintenance maintenance) {
        this.options = options;
        this.logThread = logThread;
        this.health = health;
        this.counters = counters;
        this.log = recovered.log();
        this.manifest = recovered.manifest();
        this.memory = recovered.memory();
        this.live = live;
        this.maintenance = maintenance;
    }

    /** Hands over to the log thread. From any thread. */
    void submit(Pending pending) {
        if (queue.push(pending)) {
            logThread.execute(this::run);
        }
    }

    private void run() {
        queue.drainTo(waiting);
        if (!stalled) {
            commitWaiting();
        }
    }

    /** After a flush, or a failure of one. */
    void resume() {
        stalled = false;
        commitWaiting();
    }

    private void commitWaiting() {
        health.guard("writing the log", () -> {
            while (!waiting.isEmpty() && !health.isFailed() && !closed && !mustStall()) {
                commitNext();
            }
        });
        if (health.isFailed() || closed) {
            giveUp();
        }
    }

    private boolean mustStall() {
        stalled = isFull() && live.current().frozen().size() >= options.frozenMemtablesMax();
        if (stalled) {
            counters.stalls.incrementAndGet();
        }
        return stalled;
    }

    private boolean isFull() {
        return log.activeBytes() >= options.memtableBytes()
                || live.current().active().bytes() >= options.memtableBytes();
    }

    private void commitNext() throws IOException {
        if (waiting.peek() instanceof Pending.Close) {
            close((Pending.Close) waiting.poll());
            return;
        }
        if (isFull()) {
            rotate();
        }
        long before = log.activeBytes();
        collectGroup();
        log.force();
        counters.logForces.incrementAndGet();
        counters.logBytes.addAndGet(log.activeBytes() - before);
        publishGroup();
    }

    private void rotate() throws IOException {
        long number = log.rotate();
        manifest.logStarted(number);
        Memtable next = new Memtable(number, memory);
        live.update(view -> view.rotate(next));
        next.release();
        maintenance.flushSoon();
    }

    private void collectGroup() {
        long enough = log.activeBytes() + options.groupBytesMax();
        while (log.activeBytes() < enough && waiting.peek() instanceof Pending.Write write) {
            waiting.poll();
            group.add(write);
            log.collect(write.key, write.record);
        }
    }

    private void publishGroup() {
        Memtable memtable = live.current().active();
        for (Pending.Write write : group) {
            memtable.collect(write.key, write.record, ++sequence);
        }
        memtable.putCollected();
        live.publish(sequence);
        counters.writes.addAndGet(group.size());
        for (Pending.Write write : group) {
            release(write);
            tell(write.completion::applied);
        }
        group.clear();
    }

    private void release(Pending.Write write) {
        counters.queuedBytes.addAndGet(-write.bytes());
    }

    /** A completion that throws is a defect of the caller's: the others are told all the same. */
    private void tell(Runnable call) {
        health.guard("telling a caller what became of a write", call::run);
    }

    private void close(Pending.Close close) throws IOException {
        closed = true;
        try {
            log.close();
        } finally {
            maintenance.closeSoon(close.whenClosed);
        }
    }

    /** The group that was being written may be on disk, what waited is surely not. */
    private void giveUp() {
        for (Pending.Write write : group) {
            release(write);
            tell(() -> write.completion.unknown(outcomeUnknown()));
        }
        group.clear();
        while (!waiting.isEmpty()) {
            giveUp(waiting.poll());
        }
    }

    private void giveUp(Pending pending) {
        if (pending instanceof Pending.Write write) {
            release(write);
            tell(() -> write.completion.refused(refusal()));
        } else if (pending instanceof Pending.Close close) {
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
