package io.quorate.node.lsm;

import io.quorate.common.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * Where the store's work is done. Each of the two runs one task at a time, and they outlive the store. A task never
 * waits for another one, so a simulation may run both on one thread.
 *
 * @param log writes and forces the log, publishes to the memtable, completes the callers
 * @param maintenance flushes and compacts
 * @param timers call back on the maintenance thread
 */
public record StoreThreads(Executor log, Executor maintenance, Scheduler timers) {}
