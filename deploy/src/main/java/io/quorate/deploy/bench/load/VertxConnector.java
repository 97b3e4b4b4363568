package io.quorate.deploy.bench.load;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;

/** Connects from each of some addresses of this machine to each endpoint, in turn. Belongs to the event loop. */
final class VertxConnector implements Connector {
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final List<NetClient> origins;
    private final List<Endpoint> endpoints;
    private int turn;

    VertxConnector(Vertx vertx, LoadGroup group, ClientTls tls) {
        this.endpoints = group.endpoints();
        this.origins = group.origins().isEmpty()
                ? List.of(vertx.createNetClient(options(tls)))
                : group.origins().stream()
                        .map(origin -> vertx.createNetClient(options(tls).setLocalAddress(origin)))
                        .toList();
    }

    private static NetClientOptions options(ClientTls tls) {
        return tls.socketOptions().setReuseAddress(true).setConnectTimeout(CONNECT_TIMEOUT_MS);
    }

    @Override
    public void connect(SocketEvents events) {
        Endpoint endpoint = endpoints.get(turn % endpoints.size());
        NetClient origin = origins.get(turn / endpoints.size() % origins.size());
        turn = (turn + 1) % (endpoints.size() * origins.size());
        origin.connect(endpoint.connectOptions())
                .onSuccess(socket -> opened(socket, events))
                .onFailure(refused -> events.refused());
    }

    private static void opened(NetSocket socket, SocketEvents events) {
        socket.handler(events::received);
        socket.exceptionHandler(broken -> socket.close());
        socket.closeHandler(closed -> events.closed());
        events.connected(new OfVertx(socket));
    }

    private record OfVertx(NetSocket socket) implements ClientSocket {
        @Override
        public void write(Buffer bytes) {
            socket.write(bytes);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
