package io.quorate.node.convergence.handoff;

import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import java.util.concurrent.Executor;

/**
 * What a replay of hints works with.
 *
 * @param scheduler of the event loop
 * @param loop runs something on the event loop, from any thread
 * @param readers for what may block on the disk
 */
public record ReplayParts(Clock clock, Scheduler scheduler, Executor loop, Executor readers) {}
