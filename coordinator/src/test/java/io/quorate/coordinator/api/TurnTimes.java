package io.quorate.coordinator.api;

import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much processor time the longest turn of an event loop took: one look at its sockets, and the tasks that follow.
 * It is the time of the loop's thread alone. So it does not count when other threads or processes had the processor.
 */
final class TurnTimes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SingleThreadEventLoop loop;
    private final AtomicLong longestNs = new AtomicLong();

    /** The loop's thread. */
    private long lastNs;

    /** Measures from now on, and keeps the loop from sleeping. */
    TurnTimes(Context context) {
        loop = (SingleThreadEventLoop) ((ContextInternal) context).nettyEventLoop();
        loop.execute(() -> {
            lastNs = THREADS.getCurrentThreadCpuTime();
            awaitEndOfTurn();
        });
    }

    private void awaitEndOfTurn() {
        loop.executeAfterEventLoopIteration(this::turnEnded);
    }

    private void turnEnded() {
        long nowNs = THREADS.getCurrentThreadCpuTime();
        longestNs.accumulateAndGet(nowNs - lastNs, Math::max);
        lastNs = nowNs;
        if (!loop.isShuttingDown()) {
            // A task of the next turn. Asked for here, the end of the turn would be now again.
            loop.execute(this::awaitEndOfTurn);
        }
    }

    /** The longest turn since the last call. */
    long takeLongestNs() {
        return longestNs.getAndSet(0);
    }
}
