package io.quorate.node.lsm;

import java.util.concurrent.atomic.AtomicLong;

/** What the threads count as they go. */
final class Counters {
    final AtomicLong queuedBytes = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    final AtomicLong logForces = new AtomicLong();
    final AtomicLong logBytes = new AtomicLong();
    final AtomicLong flushedBytes = new AtomicLong();
    final AtomicLong compactedBytes = new AtomicLong();
    final AtomicLong stalls = new AtomicLong();
}
