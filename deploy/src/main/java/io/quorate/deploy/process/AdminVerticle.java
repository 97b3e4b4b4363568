package io.quorate.deploy.process;

import io.quorate.common.loop.LoopLag;
import io.quorate.coordinator.api.AdminApi;
import io.quorate.coordinator.api.http.ServerOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The HTTP server of the admin port, away from the event loops that serve clients. */
final class AdminVerticle extends VerticleBase {
    private final ServerSockets sockets;
    private final String host;
    private final int port;
    private final AdminApi api;
    private final LoopLag lag;

    AdminVerticle(ServerSockets sockets, String host, int port, AdminApi api, LoopLag lag) {
        this.sockets = sockets;
        this.lag = lag;
        this.host = host;
        this.port = port;
        this.api = api;
    }

    @Override
    public Future<?> start() {
        lag.measure(vertx);
        return sockets.httpServer(vertx, ServerOptions.create())
                .requestHandler(api)
                .invalidRequestHandler(api::refuse)
                .listen(port, host);
    }
}
