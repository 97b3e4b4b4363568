package io.quorate.node.lsm.commit;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.node.lsm.commit.WriteAdmission.StoreCondition;
import io.quorate.node.lsm.compaction.WriteDelay;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.lifetime.SerialTasks;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.maintenance.Flusher;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.DescriptorShortage;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.view.LiveView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Group commit: the log thread writes everything that waits to the log as one group, forces it, publishes it, and then
 * completes the callers.
 *
 * <ul>
 *   <li>Durable before visible: the memtable is touched only after the force.
 *   <li>One task is submitted to the log thread each time the queue becomes non-empty, and a task takes all there is.
 *       While it forces, the next group collects: the slower the disk, the larger the groups.
 *   <li>{@link WriteAdmission} delays or stalls the next group when flushes or merges are behind. The task then leaves
 *       the writes where they are, and ends. A timer, or the end of a flush or a merge, submits the next task. No
 *       thread ever blocks, so a simulation can run this on its only thread.
 *   <li>{@link LogAdmission} may refuse a batch just before it joins a group. The group before it is complete by then.
 *   <li>A group that finds no space is taken back from the log before any of it is refused.
 *   <li>Only the next log segment needs a file descriptor. If there is none, all that waits is refused.
 * </ul>
 */
public final class Committer {
    // Any thread.
    private final SerialTasks logThread;
    private final CommitQueue queue = new CommitQueue();
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor space;
    private final DescriptorShortage descriptors;
    private final Scheduler timers;
    private final Clock clock;
    private final Flusher flusher;

    // Made once, so that submitting them makes no object.
    private final Runnable newWritesTask;
    private final Runnable resumeTask;
    private final Runnable endDelayTask;

    // The log thread.
    private final int groupBytesMax;
    private final GroupWriter writer;
    private final WriteAdmission admission;
    private final WriteAdmission.Load load;
    private final WriteRefusals refusals;
    private final ArrayDeque<QueuedTask> waiting = new ArrayDeque<>();
    private final ArrayDeque<QueuedTask.Batch> passedOver = new ArrayDeque<>();
    private final List<QueuedTask.Batch> group = new ArrayList<>();
    private final QueuedTask.TaskCases<IOException> next = new Next();
    private Optional<QueuedTask.FlushForgotten> flushWhenFree = Optional.empty();
    private boolean closed;
    private long stalledSinceNs;

    public Committer(OpenStore store, Flusher flusher, Compactor compactor) {
        this.logThread = new SerialTasks("log", store.threads().log());
        this.health = store.health();
        this.counters = store.counters();
        this.space = store.space();
        this.descriptors = space.descriptors();
        this.timers = store.threads().timers();
        this.clock = store.threads().clock();
        this.flusher = flusher;
        this.newWritesTask = logThread.task(this::lookAtNewWrites);
        this.resumeTask = logThread.task(this::resume);
        this.endDelayTask = logThread.task(this::endDelay);
        this.groupBytesMax = store.options().writes().groupBytesMax();
        this.writer = new GroupWriter(store, flusher);
        this.admission = new WriteAdmission(store.options().memtables().frozenMax(), new WriteDelay());
        this.load = new CurrentLoad(store.live(), compactor);
        this.refusals = new WriteRefusals(store);
    }

    /** What admission asks about the store. On the log thread. */
    private final class CurrentLoad implements WriteAdmission.Load {
        private final LiveView live;
        private final Compactor compactor;

        CurrentLoad(LiveView live, Compactor compactor) {
            this.live = live;
            this.compactor = compactor;
        }

        @Override
        public WriteAdmission.Lifecycle lifecycle() {
            return WriteAdmission.Lifecycle.of(health.isFailed(), closed, health.isClosing());
        }

        @Override
        public boolean isMemtableFull() {
            return writer.isMemtableFull();
        }

        @Override
        public double memtableFill() {
            return writer.memtableFill();
        }

        @Override
        public int frozenMemtables() {
            return live.current().frozen().size();
        }

        @Override
        public boolean areMergesHeldUp() {
            return compactor.isHeldUp();
        }

        @Override
        public double mergePressure() {
            return compactor.pressureOnWriters();
        }

        @Override
        public double mergeBytesPerSecond() {
            return compactor.sustainableBytesPerSecond();
        }

        @Override
        public double flushBytesPerSecond() {
            return flusher.bytesPerSecond();
        }
    }

    /**
     * @param listener receives after each force how long it took, in nanoseconds, on the log thread. From any thread
     */
    public void onForce(LongConsumer listener) {
        writer.onForce(listener);
    }

    /** Hands a task over to the log thread. From any thread. */
    public void submit(QueuedTask task) {
        if (queue.push(task)) {
            logThread.submit(newWritesTask);
        }
    }

    /** A flush or a merge has ended or failed, so what waits may go on. From any thread. */
    public void resumeSoon() {
        logThread.submit(resumeTask);
    }

    private void lookAtNewWrites() {
        queue.drainTo(waiting);
        StoreCondition condition = condition();
        if (admission.looksAtNewWrites(condition)) {
            commitWaiting(condition);
        }
    }

    private void resume() {
        boolean wasStalled = isStalled();
        admission.lookAgain(load);
        if (wasStalled && !isStalled()) {
            counters.stalledNs.addAndGet(clock.monotonicNs() - stalledSinceNs);
        }
        flushWhenFree.ifPresent(waiting::addFirst);
        flushWhenFree = Optional.empty();
        commitWaiting(condition());
    }

    private boolean isStalled() {
        return admission.state() == WriteAdmission.WriterState.STALLED;
    }

    private void endDelay() {
        admission.delayIsOver();
        commitWaiting(condition());
    }

    private void commitWaiting(StoreCondition condition) {
        health.guard("writing the log", () -> {
            logThread.requireInTask();
            refuseWhatIsNotTaken(condition);
            while (!waiting.isEmpty() && mayGoOn()) {
                commitNextIfThereIsSpace();
            }
            if (!isOver()) {
                writer.vouch();
            }
        });
        if (isOver()) {
            giveUp();
        }
    }

    private boolean isOver() {
        return health.isFailed() || closed;
    }

    private boolean mayGoOn() {
        boolean wasStalled = isStalled();
        boolean may = admission.mayGoOn(load, waiting.peek().needsMemtable());
        if (!wasStalled && isStalled()) {
            counters.stalls.incrementAndGet();
            stalledSinceNs = clock.monotonicNs();
        }
        return may;
    }

    /** If there is a shortage, nothing was applied. Writes that may use the space of the ballast are tried again. */
    private void commitNextIfThereIsSpace() throws IOException {
        writer.follow(space.current());
        try {
            waiting.peek().match(next);
        } catch (ShortageException e) {
            for (int last = group.size() - 1; last >= 0; last--) {
                waiting.addFirst(group.get(last));
            }
            group.clear();
            space.met(e);
            refuseWhatIsNotTaken(condition());
        }
    }

    private StoreCondition condition() {
        boolean lacksDescriptor = WriteAdmission.lacksDescriptor(descriptors.lasts(), load);
        return new StoreCondition(load.lifecycle(), lacksDescriptor, space.current());
    }

    private void refuseWhatIsNotTaken(StoreCondition condition) {
        if (condition.lacksDescriptor()) {
            descriptors.refuseWrites();
        }
        if (condition.refusesSome()) {
            RefusedOrWaiting refusedOrWaiting = new RefusedOrWaiting(condition);
            for (int left = waiting.size(); left > 0; left--) {
                waiting.poll().match(refusedOrWaiting);
            }
        }
    }

    /** Other tasks than batches stay in their places among those batches that stay. */
    private final class RefusedOrWaiting implements QueuedTask.TaskCases<RuntimeException> {
        private final StoreCondition condition;

        RefusedOrWaiting(StoreCondition condition) {
            this.condition = condition;
        }

        @Override
        public void batch(QueuedTask.Batch batch) {
            WriteAdmission.refusalOfQueued(condition, batch.needs())
                    .ifPresentOrElse(why -> refuse(batch, refusals.of(why)), () -> waiting.add(batch));
        }

        @Override
        public void flushForgotten(QueuedTask.FlushForgotten flush) {
            waiting.add(flush);
        }

        @Override
        public void close(QueuedTask.Close close) {
            waiting.add(close);
        }
    }

    private void refuse(QueuedTask.Batch batch, RefusedException why) {
        release(batch);
        complete(() -> batch.completion.refused(why));
    }

    /** What the first task that waits is for. */
    private final class Next implements QueuedTask.TaskCases<IOException> {
        @Override
        public void batch(QueuedTask.Batch first) throws IOException {
            commitGroup();
        }

        @Override
        public void flushForgotten(QueuedTask.FlushForgotten flush) throws IOException {
            waiting.poll();
            if (health.isClosing() || writer.forgotten() < flush.entriesMin) {
                return;
            }
            if (admission.mayFreeze(load)) {
                writer.rotate();
            } else {
                flushWhenFree = Optional.of(flush);
            }
        }

        @Override
        public void close(QueuedTask.Close close) throws IOException {
            waiting.poll();
            closed = true;
            try {
                writer.close();
            } finally {
                flusher.closeSoon(close.whenClosed);
            }
        }
    }

    private void commitGroup() throws IOException {
        if (writer.isMemtableFull()) {
            writer.rotate();
        }
        long before = writer.logBytes();
        collectGroup();
        if (group.isEmpty()) {
            delayIfBehind(0);
            return;
        }
        writer.force();
        long bytes = writer.logBytes() - before;
        counters.logBytes.addAndGet(bytes);
        writer.publish(group);
        completeGroup();
        delayIfBehind(bytes);
    }

    /** Batches that have to wait longer stay where they are. Those behind them may pass, in any order (I5). */
    private void collectGroup() {
        long enough = writer.logBytes() + Math.min(groupBytesMax, admission.groupBytes(load));
        double bytesPerSecond = admission.bytesPerSecond(load);
        try {
            while (writer.logBytes() < enough && waiting.peek() instanceof QueuedTask.Batch batch) {
                waiting.poll();
                Optional<RefusedException> refusal = batch.admission.refusal();
                if (refusal.isPresent()) {
                    refuse(batch, refusal.get());
                } else if (admission.admits(batch.bytes, bytesPerSecond)) {
                    group.add(batch);
                    writer.collect(batch);
                } else {
                    passedOver.push(batch);
                }
            }
        } finally {
            while (!passedOver.isEmpty()) {
                waiting.addFirst(passedOver.pop());
            }
        }
    }

    private void completeGroup() {
        for (QueuedTask.Batch batch : group) {
            counters.userBytes.addAndGet(batch.userBytes);
            release(batch);
            complete(batch.completion::applied);
        }
        group.clear();
    }

    /** The group is done. The next one waits, and collects writes meanwhile. */
    private void delayIfBehind(long bytes) {
        long delayMs = admission.afterGroup(bytes, load);
        if (delayMs > 0) {
            counters.delays.incrementAndGet();
            counters.delayedMs.addAndGet(delayMs);
            timers.after(delayMs, () -> logThread.submit(endDelayTask));
        }
    }

    private void release(QueuedTask.Batch batch) {
        counters.queuedBytes.addAndGet(-batch.bytes);
    }

    /** A completion that throws is a defect of its caller. The other callers get their answers all the same. */
    private void complete(Runnable call) {
        health.guard("telling a caller what became of a write", call::run);
    }

    /** The group that was being written may be on disk. The writes that waited are certainly not. */
    private void giveUp() {
        for (QueuedTask.Batch batch : group) {
            release(batch);
            complete(() -> batch.completion.unknown(outcomeUnknown()));
        }
        group.clear();
        GivingUp givingUp = new GivingUp(condition());
        while (!waiting.isEmpty()) {
            waiting.poll().match(givingUp);
        }
    }

    private final class GivingUp implements QueuedTask.TaskCases<RuntimeException> {
        private final StoreCondition condition;

        /** @param condition of a store that is closed or has failed */
        GivingUp(StoreCondition condition) {
            this.condition = condition;
        }

        @Override
        public void batch(QueuedTask.Batch batch) {
            RefusedBecause why =
                    WriteAdmission.refusalOfQueued(condition, batch.needs()).orElseThrow();
            refuse(batch, refusals.of(why));
        }

        @Override
        public void flushForgotten(QueuedTask.FlushForgotten flush) {
            // A restart flushes what the log has.
        }

        @Override
        public void close(QueuedTask.Close close) {
            closed = true;
            flusher.closeSoon(close.whenClosed);
        }
    }

    private UnknownOutcomeException outcomeUnknown() {
        return new UnknownOutcomeException(
                "the store failed while it wrote this. The write may or may not show after a restart",
                health.failure());
    }
}
