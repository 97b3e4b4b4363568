package io.quorate.node.convergence.antientropy;

import io.quorate.common.model.Key;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Settles the open keys of a range, a bounded number at a time. For one event loop. */
final class KeySettlement {
    private final Settlement settlement;
    private final Queue<Key> waiting;
    private final Runnable listener;
    private int inFlight;

    /** @param listener runs once all keys are settled */
    KeySettlement(Settlement settlement, List<Key> keys, Runnable listener) {
        this.settlement = settlement;
        this.waiting = new ArrayDeque<>(keys);
        this.listener = listener;
    }

    void start() {
        while (inFlight < atOnce() && !waiting.isEmpty()) {
            inFlight++;
            settlement.settle(waiting.remove(), this::settled);
        }
    }

    private int atOnce() {
        return settlement.clientsWait() ? PassOptions.SETTLED_BESIDE_CLIENTS : PassOptions.SETTLED_AT_ONCE;
    }

    private void settled() {
        inFlight--;
        if (inFlight == 0 && waiting.isEmpty()) {
            listener.run();
        } else {
            start();
        }
    }
}
