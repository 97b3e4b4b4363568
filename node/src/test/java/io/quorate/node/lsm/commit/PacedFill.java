package io.quorate.node.lsm.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionPace;
import io.quorate.node.lsm.compaction.CompactionPlan;
import io.quorate.node.lsm.compaction.CompactionStrategy;
import io.quorate.node.lsm.compaction.FlushRate;
import io.quorate.node.lsm.compaction.Levels;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.SimulatedTables;
import io.quorate.node.lsm.compaction.SustainableRate;
import io.quorate.node.lsm.compaction.WriteDelay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A store that is filled for a while, in simulated time: the log, flushes and merges have a speed, and the real classes
 * decide what is merged, how fast, and when writers wait. One thread and no disk, so an hour takes seconds.
 */
final class PacedFill implements WriteAdmission.Load {
    static final long MIB = 1 << 20;
    private static final long MEMTABLE_BYTES = 64 * MIB;
    private static final int FROZEN_MAX = 2;
    private static final long GROUP_BYTES_MAX = MIB;
    private static final long QUEUE_BYTES_MAX = 32 * MIB;
    private static final long FORCE_NS = 2_000_000;

    private Speed speed;
    private final CompactionOptions options = CompactionOptions.DEFAULTS;
    private final CompactionStrategy strategy = new CompactionStrategy(options);
    private final CompactionPace pace = new CompactionPace(options);
    private final WriteAdmission admission = new WriteAdmission(FROZEN_MAX, new WriteDelay());
    private final SimulatedTables tables = new SimulatedTables(options, Long.MAX_VALUE);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::number));
    private final List<Merge> running = new ArrayList<>();
    private final ArrayDeque<Slice> ready = new ArrayDeque<>();
    private final SustainableRate rate = new SustainableRate(CompactionOptions.DEFAULTS);
    private final FlushRate flushRate =
            new FlushRate(MEMTABLE_BYTES, CompactionOptions.DEFAULTS.debt().firstBytesPerSecond());
    private int idleThreads;
    private Pressure pressure = Pressure.NONE;
    private long nowNs;
    private long number;

    /** How long the batches of writers are. */
    private final long batchBytes;

    private long offeredBytes;
    private long acceptedBytes;
    private long memtableBytes;
    private int frozen;
    private boolean flushing;
    private boolean writing;
    private long lastGroupNs;
    private long longestGapNs;
    private int mostTables;
    private long compacted;
    private long flushed;

    /**
     * @param mergeThreads how many threads merge
     * @param mergeBytesPerSecond what each of them reads a second
     */
    record Speed(long offeredPerSecond, int mergeThreads, long mergeBytesPerSecond, long flushBytesPerSecond) {}

    private record Event(long atNs, long number, Runnable work) {}

    private static final class Merge {
        final CompactionPlan plan;
        int slicesLeft;
        long done;

        Merge(CompactionPlan plan, int slices) {
            this.plan = plan;
            this.slicesLeft = slices;
        }
    }

    private static final class Slice {
        final Merge merge;
        long left;

        Slice(Merge merge, long left) {
            this.merge = merge;
            this.left = left;
        }
    }

    PacedFill(Speed speed, long bottomBytes) {
        this(speed, bottomBytes, 1);
    }

    PacedFill(Speed speed, long bottomBytes, long batchBytes) {
        this.speed = speed;
        this.batchBytes = batchBytes;
        this.idleThreads = speed.mergeThreads();
        long bytes = bottomBytes;
        for (int level = 6; bytes >= options.levels().bytesMin() && level > 0; level--) {
            tables.fill(level, bytes);
            bytes /= options.levels().ratio();
        }
        measure();
        at(0, this::offer);
    }

    /** The disk becomes faster or slower, or writers have more or less to write. */
    void become(Speed next) {
        assertEquals(speed.mergeThreads(), next.mergeThreads());
        speed = next;
    }

    void run(long seconds) {
        long endNs = nowNs + seconds * 1_000_000_000;
        while (nowNs < endNs) {
            Event next = events.poll();
            nowNs = next.atNs();
            next.work().run();
        }
        longestGapNs = Math.max(longestGapNs, nowNs - lastGroupNs);
    }

    private void at(long delayNs, Runnable work) {
        events.add(new Event(nowNs + delayNs, number++, work));
    }

    private void offer() {
        offeredBytes += speed.offeredPerSecond() / 200;
        writeNext();
        at(5_000_000, this::offer);
    }

    private void writeNext() {
        long queued = Math.min(QUEUE_BYTES_MAX, offeredBytes);
        offeredBytes = queued;
        if (writing || queued < batchBytes || !admission.mayGoOn(this, true)) {
            return;
        }
        if (isMemtableFull()) {
            memtableBytes = 0;
            frozen++;
            flushNext();
        }
        if (!admission.admits(batchBytes, admission.bytesPerSecond(this))) {
            delay(admission.afterGroup(0, this));
            return;
        }
        long group = Math.max(batchBytes, Math.min(queued, Math.min(GROUP_BYTES_MAX, admission.groupBytes(this))));
        offeredBytes -= group;
        writing = true;
        at(FORCE_NS, () -> endGroup(group));
    }

    private void endGroup(long group) {
        writing = false;
        memtableBytes += group;
        acceptedBytes += group;
        rate.wrote(group);
        longestGapNs = Math.max(longestGapNs, nowNs - lastGroupNs);
        lastGroupNs = nowNs;
        delay(admission.afterGroup(group, this));
    }

    private void delay(long delayMs) {
        if (delayMs > 0) {
            at(delayMs * 1_000_000, () -> {
                admission.delayIsOver();
                writeNext();
            });
        } else {
            writeNext();
        }
    }

    private void resume() {
        admission.lookAgain(this);
        writeNext();
    }

    private void flushNext() {
        if (flushing || frozen == 0) {
            return;
        }
        flushing = true;
        flushRate.began(MEMTABLE_BYTES, nowNs);
        flushStep(MEMTABLE_BYTES);
    }

    /** A MiB at a time, so that a change of the speed counts in the middle of a flush. */
    private void flushStep(long left) {
        if (left > 0) {
            at(MIB * 1_000_000 / (speed.flushBytesPerSecond() / 1_000), () -> flushStep(left - MIB));
            return;
        }
        flushing = false;
        flushRate.ended(MEMTABLE_BYTES, nowNs);
        frozen--;
        flushed += MEMTABLE_BYTES;
        tables.add(0, 0, SimulatedTables.KEYS, MEMTABLE_BYTES);
        startMerges();
        resume();
        flushNext();
    }

    private void startMerges() {
        measure();
        while (running.size() < options.merges().mergesMax()) {
            Optional<CompactionPlan> plan = strategy.pick(levels(), 0);
            if (plan.isEmpty()) {
                return;
            }
            start(plan.get());
            measure();
        }
    }

    private Levels levels() {
        return tables.levels(running.stream().map(merge -> merge.plan).toList());
    }

    private void measure() {
        Levels levels = levels();
        pressure = Pressure.of(levels, strategy);
        mostTables = Math.max(mostTables, levels.level(0).size());
    }

    private void start(CompactionPlan plan) {
        if (plan.isMove()) {
            tables.finish(plan);
            return;
        }
        int slices = plan.bytes() > 2 * 2 * options.tableBytes() && plan.toLevel() > 0
                ? options.merges().slicesMax()
                : 1;
        Merge merge = new Merge(plan, slices);
        running.add(merge);
        for (int i = 0; i < slices; i++) {
            ready.add(new Slice(merge, plan.bytes() / slices));
        }
        dispatch();
    }

    private void dispatch() {
        while (idleThreads > 0 && !ready.isEmpty()) {
            Slice slice = ready.poll();
            idleThreads--;
            long step = Math.min(options.merges().stepBytes(), slice.left);
            at(step * 1_000_000 / (speed.mergeBytesPerSecond() / 1_000), () -> endStep(slice, step));
        }
    }

    private void endStep(Slice slice, long step) {
        idleThreads++;
        slice.left -= step;
        slice.merge.done += step;
        rate.merged(step, pressure.urgency(options) >= 1, nowNs);
        if (slice.left > 0) {
            long waitMs = pace.waitMs(step, pressure.urgency(options), nowNs);
            at(waitMs * 1_000_000, () -> {
                ready.add(slice);
                dispatch();
            });
        } else if (--slice.merge.slicesLeft == 0) {
            running.remove(slice.merge);
            if (running.isEmpty()) {
                rate.rested();
            }
            compacted += tables.finish(slice.merge.plan);
            startMerges();
            resume();
        }
        dispatch();
    }

    @Override
    public WriteAdmission.Lifecycle lifecycle() {
        return WriteAdmission.Lifecycle.OPEN;
    }

    @Override
    public boolean areMergesHeldUp() {
        return false;
    }

    @Override
    public boolean isMemtableFull() {
        return memtableBytes >= MEMTABLE_BYTES;
    }

    @Override
    public double memtableFill() {
        return (double) memtableBytes / MEMTABLE_BYTES;
    }

    @Override
    public int frozenMemtables() {
        return frozen;
    }

    @Override
    public double mergePressure() {
        Pressure left = pressure;
        for (Merge merge : running) {
            left = left.without(merge.plan, (double) merge.done / merge.plan.bytes());
        }
        return left.onWriters(options);
    }

    @Override
    public double mergeBytesPerSecond() {
        return rate.bytesPerSecond();
    }

    @Override
    public double flushBytesPerSecond() {
        return flushRate.bytesPerSecond(nowNs);
    }

    /** How many tables level 0 had at most. */
    int mostTables() {
        return mostTables;
    }

    double acceptedMibPerSecond() {
        return acceptedBytes / (double) MIB / (nowNs / 1e9);
    }

    /** For how long writers were stopped at most, while there was always something to write. */
    double longestGapSeconds() {
        return longestGapNs / 1e9;
    }

    @Override
    public String toString() {
        return String.format(
                "%.1f MiB/s accepted, longest gap %.2f s, at most %d tables in level 0, write amplification %.1f, MiB %s",
                acceptedMibPerSecond(),
                longestGapSeconds(),
                mostTables,
                (double) (flushed + compacted) / Math.max(1, flushed),
                tables.mebibytes());
    }
}
