package io.quorate.node.convergence.forgetting;

import java.util.concurrent.atomic.LongAdder;

/** What forgetting did at this node since its start. Safe for use by several threads. */
public final class ForgettingFigures {
    private final LongAdder forgotten = new LongAdder();
    private volatile long left;
    private volatile long leftByLastPass;

    void passBegins() {
        leftByLastPass = left;
        left = 0;
    }

    void forgotten(int keys) {
        forgotten.add(keys);
    }

    /** Keys that could be forgotten by their age, and are not the same on all members. */
    void left(int keys) {
        left += keys;
    }

    /** Deleted keys that rounds of this node made all members forget. */
    public long forgotten() {
        return forgotten.sum();
    }

    /** How many deleted keys the last pass of this node met and did not forget. */
    public long leftByLastPass() {
        return leftByLastPass;
    }
}
