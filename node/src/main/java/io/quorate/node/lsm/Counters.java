package io.quorate.node.lsm;

import io.quorate.node.lsm.compaction.Levels;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What the threads count as they go. */
final class Counters {
    final AtomicLong queuedBytes = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    final AtomicLong logForces = new AtomicLong();
    final AtomicLong logBytes = new AtomicLong();
    final AtomicLong flushedBytes = new AtomicLong();
    /** By the level that was written to. */
    final AtomicLongArray compactedBytes = new AtomicLongArray(Levels.BOTTOM + 1);

    final AtomicLong merges = new AtomicLong();
    final AtomicLong trivialMoves = new AtomicLong();
    final AtomicLong mergesHeldUp = new AtomicLong();
    final AtomicLong userBytes = new AtomicLong();
    final LongAdder gets = new LongAdder();
    final LongAdder tablesRead = new LongAdder();
    final AtomicLong stalls = new AtomicLong();
    final AtomicLong stalledNs = new AtomicLong();
    final AtomicLong delays = new AtomicLong();
    final AtomicLong delayedMs = new AtomicLong();
}
