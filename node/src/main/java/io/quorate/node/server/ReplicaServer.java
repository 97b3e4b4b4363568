package io.quorate.node.server;

import io.quorate.common.link.Links;
import io.quorate.common.link.Mailbox;
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
    private final int valueBytesMax;
    private NetServer server;

    /** @param valueBytesMax most bytes of a value in this cluster. It bounds a frame */
    public ReplicaServer(String host, int port, Replica replica, Handshake handshake, Links links, int valueBytesMax) {
        this.host = host;
        this.port = port;
        this.replica = replica;
        this.handshake = handshake;
        this.links = links;
        this.valueBytesMax = valueBytesMax;
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
                accepted -> new PeerConnection(accepted, own, mailbox, replica, handshake, links, valueBytesMax));
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }
}
