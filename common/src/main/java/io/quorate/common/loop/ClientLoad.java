package io.quorate.common.loop;

import java.util.concurrent.atomic.LongAdder;

/** How many requests of clients wait to be read, and how many waited too long, on all event loops of a process. */
public final class ClientLoad {
    private final LongAdder waiting = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void waits() {
        waiting.increment();
    }

    void waitsNoLonger() {
        waiting.decrement();
    }

    /** A request was refused because it had waited too long. */
    public void refused() {
        refused.increment();
    }

    /** The connections that have sent something and were not read since. */
    public long waitingNow() {
        return waiting.sum();
    }

    public long refusedEver() {
        return refused.sum();
    }
}
