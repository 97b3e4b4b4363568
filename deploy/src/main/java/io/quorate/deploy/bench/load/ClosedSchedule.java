package io.quorate.deploy.bench.load;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The schedule of a closed loop: each client's next request is due when its last one has ended. */
final class ClosedSchedule implements Schedule {
    /** A client whose connection was lost waits before it connects again, as libraries do. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PriorityQueue<Long> due = new PriorityQueue<>();
    private long requestsLeft;

    /** @param requestsMax the loop is over after so many requests */
    ClosedSchedule(ClosedPace pace, long startNs, long requestsMax) {
        this.requestsLeft = requestsMax;
        for (int i = 0; i < pace.clients(); i++) {
            due.add(startNs);
        }
    }

    @Override
    public long dueNs() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek();
    }

    @Override
    public void next() {
        due.remove();
        requestsLeft--;
    }

    @Override
    public void ended(long nowNs, boolean lostItsConnection) {
        due.add(lostItsConnection ? nowNs + PAUSE_NS : nowNs);
    }

    @Override
    public boolean isOver() {
        return requestsLeft <= 0;
    }
}
