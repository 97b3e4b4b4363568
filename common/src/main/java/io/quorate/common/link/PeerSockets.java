package io.quorate.common.link;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Makes the sockets between two processes of a cluster, with TLS or without. For any thread. */
public interface PeerSockets {
    /** Without TLS: it takes everybody's word. */
    PeerSockets PLAIN = new PeerSockets() {
        @Override
        public NetServer server(Vertx vertx, NetServerOptions options) {
            return vertx.createNetServer(options);
        }

        @Override
        public NetClient client(Vertx vertx, NetClientOptions options) {
            return vertx.createNetClient(options);
        }
    };

    /** @param options all but those of TLS */
    NetServer server(Vertx vertx, NetServerOptions options);

    /** @param options all but those of TLS */
    NetClient client(Vertx vertx, NetClientOptions options);
}
