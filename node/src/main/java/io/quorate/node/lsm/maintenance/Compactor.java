package io.quorate.node.lsm.maintenance;

import io.quorate.common.statistics.StoreFigures.CompactionFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.common.time.Scheduler;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionPace;
import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.compaction.CompactionStrategy;
import io.quorate.node.lsm.compaction.ExpiredValues;
import io.quorate.node.lsm.compaction.Levels;
import io.quorate.node.lsm.compaction.MergeRules;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.SustainableRate;
import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.options.Wakeups;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.view.TableTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides which merges run, and runs them in steps on the compaction threads. A merge is many small tasks, one after
 * the other. Several merges, and several slices of one, run side by side. The {@link MergeInstaller} ends each merge.
 *
 * <ul>
 *   <li>The compactor makes a plan and claims its inputs under its lock. A claimed table is in no other plan, and it
 *       stays in the view until its merge is over. The compactor never uses the disk while it holds the lock.
 *   <li>Inputs never change. They stay until their replacement is durable and in the manifest. A merge can be given up
 *       at any point before: it leaves only files that the next start deletes.
 *   <li>A merge that finds no space, or no file descriptor, is undone. No other one begins until there is as much space
 *       as it reads, which is more than it writes. Writers do not wait for that, and the store refuses nothing because
 *       of it.
 *   <li>After a failure it is unknown whether the edit is durable. So nothing is deleted any more.
 * </ul>
 */
public final class Compactor {
    /** How often to look for merges that are due by time alone. */
    private static final long LOOK_MS = TimeUnit.HOURS.toMillis(1);

    // Any thread.
    private final StoreThreads threads;
    private final Wakeups wakeups;
    private final StoreHealth health;
    private final StoreCounters counters;
    private final SpaceMonitor space;
    private final LiveView live;
    private final TableFiles files;
    private final CompactionOptions options;
    private final CompactionStrategy strategy;
    private final CompactionPace pace;
    private final MergeInstaller installer;
    private final MergeBacklog backlog;
    private final SustainableRate rate;

    // Under the lock.
    private final List<RunningMerge> running = new ArrayList<>();
    private boolean stopping;
    private long logBytesSeen;
    private Runnable whenStopped = () -> {};
    private Scheduler.Timer nextLook = () -> {};

    public Compactor(OpenStore store) {
        this.threads = store.threads();
        this.wakeups = store.wakeups();
        this.health = store.health();
        this.counters = store.counters();
        this.space = store.space();
        this.files = store.recovered().files();
        this.live = store.live();
        this.options = store.options().compaction();
        this.strategy = new CompactionStrategy(options);
        this.pace = new CompactionPace(options);
        this.installer = new MergeInstaller(store);
        this.backlog = new MergeBacklog(options);
        this.rate = new SustainableRate(options);
    }

    /** From 0, writers need not wait, to 1, they are slowest. */
    public double pressureOnWriters() {
        return backlog.pressureOnWriters();
    }

    /** Whether merges wait for the end of a shortage. */
    public boolean isHeldUp() {
        return backlog.isHeldUp();
    }

    /** How many bytes writers may write a second so that merges keep up. */
    public double sustainableBytesPerSecond() {
        return rate.bytesPerSecond();
    }

    private synchronized int merges() {
        return running.size();
    }

    /** The tables have changed, so a merge may be due. From any thread. */
    public void consider() {
        threads.compaction().execute(() -> guarded(this::startWhatIsDue));
    }

    /** Considers each hour. A store without writes has no flush that would look for what is due by time alone. */
    public synchronized void considerEachHour() {
        if (!stopping) {
            nextLook = threads.timers().after(LOOK_MS, this::considerAfterAnHour);
        }
    }

    private synchronized void considerAfterAnHour() {
        if (!stopping) {
            consider();
            considerEachHour();
        }
    }

    /** Lets merges go on if they may by now. Otherwise another probe follows. On the maintenance thread. */
    void goOnIfThereIsSpace() throws IOException {
        if (!backlog.isHeldUp()) {
            return;
        }
        if (backlog.mayTryAgain(nowMs()) && space.hasSpaceFor(bytesToWrite() + backlog.bytesHeldUp())) {
            backlog.goOn();
            consider();
        } else {
            space.probeLater();
        }
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(threads.clock().monotonicNs());
    }

    /** How much the running merges may write at most. */
    private synchronized long bytesToWrite() {
        return running.stream().mapToLong(RunningMerge::bytesToWrite).sum();
    }

    /** Gives up the running merges, and then calls {@code then} on a thread of the store. */
    void stop(Runnable then) {
        synchronized (this) {
            stopping = true;
            nextLook.cancel();
            if (!running.isEmpty()) {
                whenStopped = then;
                return;
            }
        }
        then.run();
    }

    private synchronized boolean isGivingUp() {
        return stopping || health.isFailed();
    }

    private void guarded(StoreHealth.DiskWork work) {
        health.guard("merging tables", work);
        if (health.isFailed()) {
            wakeups.resumeWriters();
        }
    }

    private void startWhatIsDue() {
        Optional<RunningMerge> next = claimNext();
        while (next.isPresent()) {
            start(next.get());
            next = claimNext();
        }
    }

    private synchronized Optional<RunningMerge> claimNext() {
        if (isGivingUp()) {
            return Optional.empty();
        }
        TableTree tree = live.current().tree();
        Levels levels = new Levels(
                tree.descriptions(), running.stream().map(merge -> merge.plan).toList());
        measure(levels);
        if (running.size() >= options.merges().mergesMax() || backlog.isHeldUp()) {
            return Optional.empty();
        }
        Optional<RunningMerge> next =
                strategy.pick(levels, threads.clock().wallMs()).map(plan -> prepare(plan, levels, tree));
        next.ifPresent(running::add);
        return next;
    }

    private void measure(Levels levels) {
        backlog.measure(Pressure.of(levels, strategy));
        backlog.progress(running);
        long logBytes = counters.logBytes.get();
        rate.wrote(logBytes - logBytesSeen);
        logBytesSeen = logBytes;
    }

    private synchronized void note(TableMerge slice) {
        backlog.progress(running);
        rate.merged(slice.stepBytes(), backlog.urgency() >= 1, threads.clock().monotonicNs());
    }

    private RunningMerge prepare(CompactionPlan plan, Levels levels, TableTree tree) {
        Map<Long, PlacedTable> byNumber =
                tree.placed().stream().collect(Collectors.toMap(PlacedTable::number, Function.identity()));
        List<PlacedTable> inputs = plan.inputs().stream()
                .map(input -> byNumber.get(input.number()))
                .toList();
        return new RunningMerge(plan, inputs, plan.isMove() ? List.of() : slices(plan, inputs, levels));
    }

    private List<TableMerge> slices(CompactionPlan plan, List<PlacedTable> inputs, Levels levels) {
        boolean levelBelow = plan.toLevel() > 0 && plan.toLevel() < TreeLevel.BOTTOM;
        List<TableDescription> below =
                levelBelow ? levels.overlapping(plan.toLevel() + 1, plan.firstKey(), plan.lastKey()) : List.of();
        return TableMerge.of(
                plan,
                inputs.stream().map(PlacedTable::table).toList(),
                below,
                options,
                rules(inputs),
                () -> files.create(plan, threads.clock().wallMs()));
    }

    private MergeRules rules(List<PlacedTable> inputs) {
        long endedMs = threads.clock().wallMs() - options.expiryGraceMs();
        Set<Long> numbers = inputs.stream().map(PlacedTable::number).collect(Collectors.toUnmodifiableSet());
        return new MergeRules(new ExpiredValues(endedMs, Keyspace::forgets), new OutsideInputs(live, numbers));
    }

    private void start(RunningMerge merge) {
        guarded(() -> {
            if (!merge.plan.isMove() && !space.hasSpaceFor(bytesToWrite())) {
                merge.holdUp();
            }
        });
        if (merge.plan.isMove() || isOver(merge)) {
            end(merge);
            return;
        }
        for (TableMerge slice : merge.slices) {
            threads.compaction().execute(() -> step(merge, slice));
        }
    }

    private boolean isOver(RunningMerge merge) {
        return merge.state() != RunningMerge.MergeState.RUNNING || isGivingUp();
    }

    private void step(RunningMerge merge, TableMerge slice) {
        if (!isOver(merge)) {
            guarded(() -> {
                try {
                    slice.step();
                    note(slice);
                } catch (ShortageException e) {
                    merge.holdUp(e);
                }
            });
        }
        if (slice.isDone() || isOver(merge)) {
            endSlice(merge, slice);
        } else {
            goOn(merge, slice);
        }
    }

    private void goOn(RunningMerge merge, TableMerge slice) {
        long waitMs = pace.waitMs(
                slice.stepBytes(), backlog.urgency(), threads.clock().monotonicNs());
        Runnable next = () -> threads.compaction().execute(() -> step(merge, slice));
        if (waitMs == 0) {
            next.run();
        } else {
            threads.timers().after(waitMs, next);
        }
    }

    private void endSlice(RunningMerge merge, TableMerge slice) {
        if (!slice.isDone()) {
            guarded(slice::abandon);
        }
        if (merge.endSlice()) {
            end(merge);
        }
    }

    private void end(RunningMerge merge) {
        guarded(() -> {
            if (!health.isFailed()) {
                installer.finish(merge);
                waitIfHeldUp(merge);
            }
        });
        release(merge);
    }

    private void waitIfHeldUp(RunningMerge merge) {
        switch (merge.state()) {
            case HELD_UP -> {
                backlog.holdUp(merge.bytesToWrite(), nowMs());
                counters.mergesHeldUp.incrementAndGet();
                merge.shortage().ifPresent(space::metByMerge);
                space.probeLater();
            }
            case INSTALLED -> backlog.succeeded();
            case RUNNING, GIVEN_UP -> {}
        }
    }

    /** Submits under the lock. So nothing is submitted any more once {@link #stop} has found no merge to wait for. */
    private void release(RunningMerge merge) {
        synchronized (this) {
            running.remove(merge);
            if (running.isEmpty()) {
                rate.rested();
            }
            if (!stopping) {
                wakeups.resumeWriters();
                consider();
                return;
            }
            if (!running.isEmpty()) {
                return;
            }
        }
        whenStopped.run();
    }

    public CompactionStatistics statistics(TableTree tree) {
        Levels levels = new Levels(tree.descriptions(), List.of());
        List<LevelFigures> figures = IntStream.rangeClosed(0, TreeLevel.BOTTOM)
                .mapToObj(level -> new LevelFigures(
                        levels.level(level).size(), levels.bytes(level), counters.compactedBytes.get(level)))
                .toList();
        long writtenBytes =
                figures.stream().mapToLong(LevelFigures::writtenBytes).sum();
        CompactionFigures merges = new CompactionFigures(
                writtenBytes, counters.merges.get(), counters.trivialMoves.get(), merges(), backlog.debtBytes());
        return new CompactionStatistics(figures, merges, counters.mergesHeldUp.get());
    }
}
