package io.quorate.node.convergence.antientropy;

import java.util.function.LongSupplier;

/**
 * Whether hints are being replayed, by this node or to it. A pass would find the same differences, and do the work of
 * the replay a second time. So it waits for a replay that gets on, though not for ever. For one event loop.
 */
final class ReplayWatch {
    private final LongSupplier steps;
    private final int ticksMax;
    private long seen;
    private int ticks;

    /**
     * @param steps grows while hints are replayed
     * @param ticksMax so many ticks in a row a pass waits at most
     */
    ReplayWatch(LongSupplier steps, int ticksMax) {
        this.steps = steps;
        this.ticksMax = ticksMax;
    }

    void tick() {
        long now = steps.getAsLong();
        ticks = now == seen ? 0 : ticks + 1;
        seen = now;
    }

    boolean holdsUp() {
        return 0 < ticks && ticks <= ticksMax;
    }
}
