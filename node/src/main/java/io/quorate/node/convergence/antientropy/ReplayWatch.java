package io.quorate.node.convergence.antientropy;

import java.util.function.LongSupplier;

/**
 * Whether hints are being replayed, by this node or to it. A pass would find the same differences, and do the work of
 * the replay a second time. So it waits for a replay that gets on. If that takes too long, the pass goes on slowly:
 * each range lets it wait for one tick more. For one event loop.
 */
final class ReplayWatch {
    private final LongSupplier steps;
    private final int ticksMax;
    private long seen;
    private boolean replaying;
    private boolean held;
    private int ticksLeft;

    /**
     * @param steps grows while hints are replayed
     * @param ticksMax so many ticks a pass waits at first
     */
    ReplayWatch(LongSupplier steps, int ticksMax) {
        this.steps = steps;
        this.ticksMax = ticksMax;
        this.ticksLeft = ticksMax;
    }

    void tick() {
        long now = steps.getAsLong();
        replaying = now != seen;
        seen = now;
        if (held) {
            ticksLeft--;
            held = false;
        } else if (!replaying) {
            ticksLeft = Math.min(ticksMax, ticksLeft + 1);
        }
    }

    void rangeBegan() {
        ticksLeft = Math.min(ticksMax, ticksLeft + 1);
    }

    /** Whether a pass that would go on now waits until the next tick. */
    boolean holdsUp() {
        held = replaying && ticksLeft > 0;
        return held;
    }
}
