package io.quorate.node.lsm.options;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * Where and when the store's work is done. The executors outlive the store. A task never waits for another one, so a
 * simulation may run all of them on one thread.
 *
 * @param log writes and forces the log, publishes to the memtable, completes the callers; one task at a time
 * @param maintenance flushes; one task at a time
 * @param compaction merges tables; may run several tasks at a time. None takes long, so that few threads do
 * @param timers say that a pause is over; what they call only submits a task to one of the executors
 * @param clock for pauses, and for what has expired
 */
public record StoreThreads(Executor log, Executor maintenance, Executor compaction, Scheduler timers, Clock clock) {}
