package io.quorate.node.server;

import io.quorate.common.link.Links;
import io.quorate.common.link.Mailbox;
import io.quorate.common.link.TroubleLog;
import io.quorate.node.replica.Replica;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Listens for the other processes of the cluster. Each event loop has one, and Vert.x shares the port among them. */
public final class ReplicaServer extends VerticleBase {
    private final String host;
    private final int port;
    private final Replica replica;
    private final Handshake handshake;
    private final Links links;
    private final TroubleLog troubles;
    private NetServer server;

    /** @param troubles gets what is wrong with callers. All event loops share it */
    public ReplicaServer(
            String host, int port, Replica replica, Handshake handshake, Links links, TroubleLog troubles) {
        this.host = host;
        this.port = port;
        this.replica = replica;
        this.handshake = handshake;
        this.links = links;
        this.troubles = troubles;
    }

    @Override
    public Future<?> start() {
        Context own = context;
        Mailbox mailbox = new Mailbox(own);
        server = vertx.createNetServer(new NetServerOptions()
                .setHost(host)
                .setPort(port)
                .setTcpNoDelay(true)
                .setReuseAddress(true));
        server.connectHandler(
                accepted -> new PeerConnection(accepted, own, mailbox, replica, handshake, links, troubles));
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }
}
