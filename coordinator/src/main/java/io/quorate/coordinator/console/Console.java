package io.quorate.coordinator.console;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.operation.OperationObserver;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the event loops of a process share to be watched. A browser's stream is on one of them, and sees the requests of
 * all. As long as there is no stream, an operation costs a look at the clock and at a counter, and only one that failed or
 * was slow costs more.
 */
public final class Console {
    /** More browsers than that watch elsewhere. */
    static final int STREAMS_MAX = 64;

    private final NodeId node;
    private final ClusterId cluster;
    private final Clock clock;
    private final long slowRequestMs;
    private final Rates rates;
    private final SlowRequests slow;
    private final DisplayBudget budget;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger watchers = new AtomicInteger();
    private final List<EventStreams> loops = new CopyOnWriteArrayList<>();

    /** @param slowRequestMs from how long on a request is kept for {@code /v1/slow}; 0 for none but those that failed */
    public Console(NodeId node, ClusterId cluster, Clock clock, long slowRequestMs) {
        this.node = node;
        this.cluster = cluster;
        this.clock = clock;
        this.slowRequestMs = slowRequestMs;
        this.rates = new Rates(clock);
        this.slow = new SlowRequests(slowRequestMs);
        this.budget = new DisplayBudget(clock.monotonicNs());
    }

    /** Sees the operations of one event loop. */
    public OperationObserver watchOn(Context loop) {
        return new RequestWatch(this, loop, slowRequestMs);
    }

    /** The streams of one event loop. */
    public EventStreams streamsOn(Context loop, ClusterJson members) {
        EventStreams created = new EventStreams(this, loop, members);
        loops.add(created);
        return created;
    }

    /** Tells of the slow ones. */
    public HttpEndpoint slowRequests() {
        return slow;
    }

    /** Whether any browser looks on. */
    boolean isWatched() {
        return watchers.get() > 0;
    }

    /** Counts a stream that somebody watches; false if there are enough connections. */
    boolean open() {
        if (open.getAndIncrement() >= STREAMS_MAX) {
            open.decrementAndGet();
            return false;
        }
        if (watchers.getAndIncrement() == 0) {
            rates.restart();
        }
        return true;
    }

    void unwatched() {
        watchers.decrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    String nextId() {
        return node.name() + "-" + requests.incrementAndGet();
    }

    /** Shows an event to every browser. */
    void publish(byte[] event) {
        loops.forEach(loop -> loop.publish(event));
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

    Rates rates() {
        return rates;
    }

    DisplayBudget budget() {
        return budget;
    }

    SlowRequests slow() {
        return slow;
    }
}
