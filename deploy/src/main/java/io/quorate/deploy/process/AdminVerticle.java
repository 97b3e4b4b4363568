package io.quorate.deploy.process;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.loop.LoopLag;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.AdminApi;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.ServerOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.atomic.LongAdder;

/** The HTTP server of the admin port, away from the event loops that serve clients. */
final class AdminVerticle extends VerticleBase {
    /** Probes, scrapes and people are few. The descriptors are for clients and peers. */
    private static final int CONNECTIONS_MAX = 256;

    private static final int CONNECTIONS_PER_ADDRESS_MAX = 64;

    private final ServerSockets sockets;
    private final String host;
    private final int port;
    private final AdminApi api;
    private final MemoryBudget memory;
    private final LoopLag lag;
    private final ConnectionCounts counts = new ConnectionCounts(CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX);

    AdminVerticle(ServerSockets sockets, String host, int port, AdminApi api, MemoryBudget memory, LoopLag lag) {
        this.sockets = sockets;
        this.lag = lag;
        this.host = host;
        this.port = port;
        this.api = api;
        this.memory = memory;
    }

    /** Connections count as soon as the port has accepted them, and those that are refused are in the audit. */
    void limit(AcceptLimits accepts, AccessControl access) {
        accepts.limit(port, counts, access::crowded);
    }

    @Override
    public Future<?> start() {
        lag.measure(vertx);
        ClientConnections operators =
                new ClientConnections(vertx, counts, new LongAdder(), memory, SystemClock.INSTANCE);
        return sockets.httpServer(vertx, ServerOptions.create())
                .connectionHandler(operators::opened)
                .requestHandler(operators.before(api))
                .invalidRequestHandler(api::refuse)
                .listen(port, host);
    }
}
