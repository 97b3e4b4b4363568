package io.quorate.coordinator.console;

import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** State that the event loops of a process share to show its requests. Safe for use by several threads. */
final class ConsoleState {
    private final NodeId node;
    private final ClusterId cluster;
    private final Clock clock;
    private final OperationRates rates;
    private final RateHistory history;
    private final SlowRequests slow;
    private final DisplayRateLimiter limiter;
    private final Audience audience;
    private final AtomicLong requests = new AtomicLong();

    ConsoleState(NodeId node, ClusterId cluster, Clock clock, long slowRequestMs, ClientLoad load) {
        this.node = node;
        this.cluster = cluster;
        this.clock = clock;
        this.rates = new OperationRates(clock, load);
        this.history = new RateHistory(node, rates, clock);
        this.slow = new SlowRequests(slowRequestMs);
        this.limiter = new DisplayRateLimiter(clock.monotonicNs());
        this.audience = new Audience();
    }

    /** An id that no other ended request has. */
    String nextId() {
        return node.name() + "-" + requests.incrementAndGet();
    }

    NodeId node() {
        return node;
    }

    ClusterId cluster() {
        return cluster;
    }

    Clock clock() {
        return clock;
    }

    OperationRates rates() {
        return rates;
    }

    RateHistory history() {
        return history;
    }

    SlowRequests slow() {
        return slow;
    }

    DisplayRateLimiter limiter() {
        return limiter;
    }

    Audience audience() {
        return audience;
    }
}
