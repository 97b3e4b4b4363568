package io.quorate.node.lsm.statistics;

import io.quorate.node.lsm.format.TreeLevel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The counters that the threads of a store increment. */
public final class StoreCounters {
    public final AtomicLong queuedBytes = new AtomicLong();
    public final AtomicLong writes = new AtomicLong();
    public final AtomicLong logForces = new AtomicLong();
    public final AtomicLong logBytes = new AtomicLong();
    public final AtomicLong flushedBytes = new AtomicLong();
    /** By the level that was written to. */
    public final AtomicLongArray compactedBytes = new AtomicLongArray(TreeLevel.COUNT);

    public final AtomicLong merges = new AtomicLong();
    public final AtomicLong trivialMoves = new AtomicLong();
    public final AtomicLong mergesHeldUp = new AtomicLong();
    public final AtomicLong userBytes = new AtomicLong();
    public final LongAdder gets = new LongAdder();
    public final LongAdder tablesRead = new LongAdder();
    public final AtomicLong stalls = new AtomicLong();
    public final AtomicLong stalledNs = new AtomicLong();
    public final AtomicLong delays = new AtomicLong();
    public final AtomicLong delayedMs = new AtomicLong();
}
