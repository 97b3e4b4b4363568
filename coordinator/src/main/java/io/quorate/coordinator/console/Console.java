package io.quorate.coordinator.console;

import io.quorate.common.loop.ClientLoad;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.operation.OperationObserver;
import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows the requests of a process to browsers. The stream of a browser is on one event loop, and shows the requests of
 * all. Without a stream, an operation costs a look at the clock, and is counted. Only a failed or slow one costs more.
 */
public final class Console {
    private final ConsoleState state;
    private final long slowRequestMs;
    private final AtomicBoolean isSampled = new AtomicBoolean();

    /**
     * @param slowRequestMs {@code /v1/slow} keeps requests that took at least this long. 0 keeps only those that failed
     * @param load counts the requests that were refused before they began
     */
    public Console(NodeId node, ClusterId cluster, Clock clock, long slowRequestMs, ClientLoad load) {
        this.state = new ConsoleState(node, cluster, clock, slowRequestMs, load);
        this.slowRequestMs = slowRequestMs;
    }

    /** Sees the operations of one event loop. */
    public OperationObserver watchOn(Context loop) {
        return new RequestWatch(state, loop, slowRequestMs);
    }

    /** The streams of one event loop. The first loop also keeps the history. */
    public EventStreams streamsOn(Context loop, ClusterJson members) {
        if (isSampled.compareAndSet(false, true)) {
            loop.runOnContext(onLoop -> loop.owner()
                    .setPeriodic(
                            RateHistory.STEP_MS,
                            timer -> Defects.contain(() -> state.history().sample(members.away()))));
        }
        EventStreams created = new EventStreams(state, loop, members);
        state.audience().addLoop(created::publish);
        return created;
    }

    /** {@code /v1/slow}. */
    public HttpEndpoint slowRequests() {
        return state.slow();
    }

    /** {@code /v1/history}. */
    public HttpEndpoint history() {
        return state.history();
    }

    /** Whether a browser watches. */
    boolean isWatched() {
        return state.audience().isWatching();
    }
}
