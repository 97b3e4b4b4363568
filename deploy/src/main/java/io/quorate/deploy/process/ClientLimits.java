package io.quorate.deploy.process;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.deploy.config.ServingOptions;
import io.quorate.deploy.metrics.Metrics;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.LongAdder;

/** The limits of the connections that clients have to a process, and how often they were applied. */
final class ClientLimits {
    private final ConnectionCounts counts;
    private final LongAdder ended = new LongAdder();

    ClientLimits(ServingOptions serving) {
        this.counts = new ConnectionCounts(serving.connectionsMax(), serving.connectionsPerAddressMax());
    }

    /** The connections of one event loop, under the limits of the process. */
    ClientConnections connectionsOn(Vertx vertx) {
        return new ClientConnections(vertx, counts, ended, SystemClock.INSTANCE);
    }

    void bindMetrics(Metrics metrics) {
        metrics.watch(counts, ended);
    }
}
