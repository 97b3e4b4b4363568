package io.quorate.node.lsm.maintenance;

import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionPace;
import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.compaction.CompactionStrategy;
import io.quorate.node.lsm.compaction.ExpiredValues;
import io.quorate.node.lsm.compaction.Levels;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.TableDescription;
import io.quorate.node.lsm.compaction.TableMerge;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.StoreHealth;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.space.SpaceMonitor;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.statistics.StoreCounters;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import io.quorate.node.lsm.view.TableTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Merges tables, on the compaction threads. A merge is many small tasks, one after the other; several merges, and several
 * slices of one, go on side by side.
 *
 * <ul>
 *   <li>A plan is made and its inputs are claimed under the lock; a claimed table is in no other plan and stays in the
 *       view until its merge is over. The lock is never held while the disk is used.
 *   <li>Inputs never change and stay until what replaces them is durable and in the manifest, by one edit for the whole
 *       plan. Giving up at any point before only leaves files that the next start deletes.
 *   <li>A merge that finds no room is undone and nothing else begun until there is as much as it reads, which is more than
 *       it writes. Writers need not wait for that, and nothing is refused for it.
 *   <li>After a failure nobody knows whether the edit is durable, so nothing is deleted any more.
 * </ul>
 */
public final class Compactor {
    private final StoreThreads threads;
    private final StoreHealth health;
    private final StoreCounters counters;
    private final Manifest manifest;
    private final SpaceMonitor room;
    private final LiveView live;
    private final TableFiles files;
    private final CompactionOptions options;
    private final CompactionStrategy strategy;
    private final CompactionPace pace;

    private Runnable afterRelief = () -> {};
    private volatile Pressure pressure = Pressure.NONE;

    private final List<RunningMerge> running = new ArrayList<>();
    private volatile Optional<CompactionPlan> heldUp = Optional.empty();
    private boolean stopping;
    private Runnable whenStopped = () -> {};

    public Compactor(
            StoreOptions options,
            StoreThreads threads,
            StoreHealth health,
            StoreCounters counters,
            SpaceMonitor room,
            Recovery.Recovered recovered,
            LiveView live) {
        this.threads = threads;
        this.health = health;
        this.counters = counters;
        this.room = room;
        this.manifest = recovered.manifest();
        this.files = recovered.files();
        this.live = live;
        this.options = options.compaction();
        this.strategy = new CompactionStrategy(this.options);
        this.pace = new CompactionPace(this.options);
    }

    /** What the log thread is to do when merges are less behind than before. To be set before any work comes. */
    public void onRelief(Runnable action) {
        afterRelief = action;
    }

    /** How far merges are behind, as of the last flush or the last end of a merge. */
    Pressure pressure() {
        return pressure;
    }

    /** From 0, writers need not wait, to 1, they are to stop. To wait for merges that have no room would be in vain. */
    public double pressureOnWriters() {
        return heldUp.isPresent() ? 0 : pressure.onWriters(options);
    }

    /** Whether writers are to stop, since merges are too far behind; there is one on its way, whose end lets them go on. */
    public boolean mustStopWriters() {
        return pressureOnWriters() >= 1 && merges() > 0;
    }

    synchronized int merges() {
        return running.size();
    }

    /** The tables have changed, so that something may be due. */
    public void consider() {
        threads.compaction().execute(() -> guarded(this::startWhatIsDue));
    }

    /** Goes on with what was held up, if there is room for it now; looks again later if there is not. */
    void goOnIfThereIsRoom() throws IOException {
        Optional<CompactionPlan> waiting = heldUp;
        if (waiting.isPresent() && room.hasRoomFor(bytesToWrite() + bytesToWrite(waiting.get()))) {
            heldUp = Optional.empty();
            consider();
        } else if (waiting.isPresent()) {
            room.probeLater();
        }
    }

    /** At most, by the merges that are on their way. */
    private synchronized long bytesToWrite() {
        return running.stream().mapToLong(merge -> bytesToWrite(merge.plan)).sum();
    }

    private static long bytesToWrite(CompactionPlan plan) {
        return plan.isMove() ? 0 : plan.bytes();
    }

    /** Gives up what is going on, and then does something, on a thread of the store. */
    void stop(Runnable then) {
        synchronized (this) {
            stopping = true;
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
            threads.log().execute(afterRelief);
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
        if (running.size() >= options.mergesMax() || heldUp.isPresent()) {
            return Optional.empty();
        }
        Optional<CompactionPlan> plan = strategy.pick(levels, threads.clock().wallMs());
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        RunningMerge merge = prepare(plan.get(), levels, tree);
        running.add(merge);
        return Optional.of(merge);
    }

    private void measure(Levels levels) {
        boolean stopped = pressureOnWriters() >= 1;
        pressure = new Pressure(strategy.debtBytes(levels), levels.level(0).size());
        if (stopped && pressureOnWriters() < 1) {
            threads.log().execute(afterRelief);
        }
    }

    private RunningMerge prepare(CompactionPlan plan, Levels levels, TableTree tree) {
        Map<Long, PlacedTable> byNumber =
                tree.placed().stream().collect(Collectors.toMap(PlacedTable::number, Function.identity()));
        List<PlacedTable> inputs = plan.inputs().stream()
                .map(input -> byNumber.get(input.number()))
                .toList();
        if (plan.isMove()) {
            return new RunningMerge(plan, inputs, List.of());
        }
        boolean levelBelow = plan.toLevel() > 0 && plan.toLevel() < TreeLevel.BOTTOM;
        List<TableDescription> below =
                levelBelow ? levels.overlapping(plan.toLevel() + 1, plan.firstKey(), plan.lastKey()) : List.of();
        return new RunningMerge(
                plan,
                inputs,
                TableMerge.of(
                        plan,
                        inputs.stream().map(PlacedTable::table).toList(),
                        below,
                        options,
                        new ExpiredValues(threads.clock().wallMs() - options.expiryGraceMs(), Keyspace::forgets),
                        () -> files.create(plan)));
    }

    private void start(RunningMerge merge) {
        guarded(() -> {
            if (!merge.plan.isMove() && !room.hasRoomFor(bytesToWrite())) {
                merge.noteNoRoom();
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
        return merge.foundNoRoom() || isGivingUp();
    }

    private void step(RunningMerge merge, TableMerge slice) {
        if (!isOver(merge)) {
            guarded(() -> {
                try {
                    slice.step();
                } catch (DiskFullException e) {
                    merge.noteNoRoom();
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
                slice.stepBytes(), pressure.urgency(options), threads.clock().monotonicNs());
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
                finish(merge);
            }
        });
        release(merge);
    }

    private void finish(RunningMerge merge) throws IOException {
        boolean done = merge.isComplete() && (merge.plan.isMove() ? move(merge) : replaceInputs(merge));
        if (!done) {
            for (TableFile output : merge.outputs()) {
                files.delete(output.number());
            }
        }
        if (merge.foundNoRoom()) {
            heldUp = Optional.of(merge.plan);
            counters.mergesHeldUp.incrementAndGet();
            room.probeLater();
        }
    }

    private boolean move(RunningMerge merge) throws IOException {
        PlacedTable moved = PlacedTable.of(merge.inputs.get(0).table(), merge.plan.toLevel());
        if (!record(merge, List.of(moved))) {
            return false;
        }
        live.update(view -> view.compacted(merge.inputNumbers(), List.of(moved)));
        counters.trivialMoves.incrementAndGet();
        return true;
    }

    private boolean replaceInputs(RunningMerge merge) throws IOException {
        List<PlacedTable> outputs = new ArrayList<>();
        for (TableFile file : merge.outputs()) {
            outputs.add(PlacedTable.of(files.open(file), merge.plan.toLevel()));
        }
        boolean recorded = record(merge, outputs);
        if (recorded) {
            live.update(view -> view.compacted(merge.inputNumbers(), outputs));
            count(merge);
        }
        for (PlacedTable output : outputs) {
            output.table().release();
        }
        if (recorded) {
            for (long input : merge.inputNumbers()) {
                files.delete(input);
            }
        }
        return recorded;
    }

    /** False if there is no room for the edit, which was not made then. */
    private boolean record(RunningMerge merge, List<PlacedTable> outputs) throws IOException {
        try {
            manifest.compacted(
                    List.copyOf(merge.inputNumbers()),
                    outputs.stream().map(PlacedTable::file).toList());
            return true;
        } catch (DiskFullException e) {
            merge.noteNoRoom();
            return false;
        }
    }

    private void count(RunningMerge merge) {
        counters.merges.incrementAndGet();
        for (TableFile file : merge.outputs()) {
            counters.compactedBytes.addAndGet(merge.plan.toLevel(), file.bytes());
        }
    }

    /** Submits under the lock, so that nothing is submitted any more once {@link #stop} has found nothing to wait for. */
    private void release(RunningMerge merge) {
        synchronized (this) {
            running.remove(merge);
            if (!stopping) {
                threads.log().execute(afterRelief);
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
        return new CompactionStatistics(
                IntStream.rangeClosed(0, TreeLevel.BOTTOM)
                        .mapToObj(level -> levels.level(level).size())
                        .toList(),
                LongStream.rangeClosed(0, TreeLevel.BOTTOM)
                        .mapToObj(level -> levels.bytes((int) level))
                        .toList(),
                IntStream.rangeClosed(0, TreeLevel.BOTTOM)
                        .mapToObj(counters.compactedBytes::get)
                        .toList(),
                counters.merges.get(),
                counters.trivialMoves.get(),
                counters.mergesHeldUp.get(),
                merges(),
                pressure().debtBytes());
    }
}
