package io.quorate.node.lsm.options;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * The threads that do the store's work. The executors outlive the store. A task never waits for another one, so a
 * simulation may run all of them on one thread.
 *
 * @param log writes and forces the log, publishes to the memtable, completes the callers. It runs one task at a time
 * @param maintenance flushes. It runs one task at a time
 * @param compaction merges tables. It may run several tasks at a time. No task takes long, so few threads are enough
 * @param timers call when a pause is over. Such a call only submits a task to one of the executors
 * @param clock for pauses and for expiry
 */
public record StoreThreads(Executor log, Executor maintenance, Executor compaction, Scheduler timers, Clock clock) {}
