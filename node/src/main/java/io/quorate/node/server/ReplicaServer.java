package io.quorate.node.server;

import io.netty.channel.ChannelHandlerContext;
import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.link.Links;
import io.quorate.common.link.Mailbox;
import io.quorate.common.link.PeerSockets;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.node.replica.Replica;
import io.quorate.node.server.HandshakeFailures.FailedHandshake;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for the other processes of the cluster. Each event loop has one, and Vert.x shares the port among them. */
public final class ReplicaServer extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaServer.class);

    /** A cluster of seven nodes with dozens of event loops has fewer. */
    private static final int CONNECTIONS_MAX = 1_024;

    private static final int CONNECTIONS_OF_AN_ADDRESS_MAX = 512;

    /**
     * From the moment at which the system accepts a connection, for both handshakes: that of TLS, and one of at most
     * {@link io.quorate.common.wire.FrameFormat#HANDSHAKE_BYTES_MAX} bytes.
     */
    static final long HANDSHAKE_MS_MAX = 3_000;

    private static final int SILENT_S_MAX = 120;

    private final PeerSockets sockets;
    private final String host;
    private final int port;
    private final Replica replica;
    private final Handshake handshake;
    private final Links links;
    private final MemoryBudget memory;
    private final TroubleLog troubles;
    private final RefusedCallers refused;
    private final ConnectionCounts counts;
    private final Newcomers<PeerConnection> newcomers = new Newcomers<>();
    private NetServer server;

    /**
     * @param troubles gets what is wrong with callers. All event loops share it
     * @param counts of all event loops
     */
    public ReplicaServer(
            String host,
            int port,
            Replica replica,
            Handshake handshake,
            Links links,
            TroubleLog troubles,
            ConnectionCounts counts) {
        this(
                PeerSockets.PLAIN,
                host,
                port,
                replica,
                handshake,
                links,
                troubles,
                RefusedCallers.NONE,
                counts,
                MemoryBudget.unlimited());
    }

    /**
     * @param sockets with TLS or without
     * @param refused gets the callers whose certificate is wrong
     * @param memory is charged for messages that wait
     */
    public ReplicaServer(
            PeerSockets sockets,
            String host,
            int port,
            Replica replica,
            Handshake handshake,
            Links links,
            TroubleLog troubles,
            RefusedCallers refused,
            ConnectionCounts counts,
            MemoryBudget memory) {
        this.sockets = sockets;
        this.memory = memory;
        this.host = host;
        this.port = port;
        this.replica = replica;
        this.handshake = handshake;
        this.links = links;
        this.troubles = troubles;
        this.refused = refused;
        this.counts = counts;
    }

    /** The limits of one process's port. */
    public static ConnectionCounts limits() {
        return new ConnectionCounts(CONNECTIONS_MAX, CONNECTIONS_OF_AN_ADDRESS_MAX);
    }

    @Override
    public Future<?> start() {
        Context own = context;
        Mailbox mailbox = new Mailbox(own);
        NetServerOptions options = new NetServerOptions()
                .setHost(host)
                .setPort(port)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                // The machine of the other side may be gone without a word.
                .setTcpKeepAlive(true)
                // A peer pings all the time. So one that says nothing is not a peer, or is gone.
                .setReadIdleTimeout(SILENT_S_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = sockets.server(vertx, options);
        server.exceptionHandler(failure -> {
            CallerTroubles.beforeHandshake(troubles, refused, failure);
            handshake.failures().count(FailedHandshake.REFUSED);
        });
        server.connectHandler(accepted -> accept(accepted, own, mailbox));
        return server.listen();
    }

    private void accept(NetSocket accepted, Context own, Mailbox mailbox) {
        String address = accepted.remoteAddress().hostAddress();
        // A process counts it since it was accepted, before its TLS handshake.
        ChannelHandlerContext channel = ((NetSocketInternal) accepted).channelHandlerContext();
        boolean hasCounted = AcceptLimits.hasCounted(channel);
        if (!hasCounted && !counts.opened(address)) {
            LOG.debug("closing a connection from {}: there are too many", address);
            accepted.close();
            return;
        }
        PeerConnection connection =
                new PeerConnection(accepted, own, mailbox, replica, handshake, links, troubles, refused, memory);
        connection.closeHandler(() -> {
            if (!hasCounted) {
                counts.closed(address);
            }
            newcomers.left(connection);
        });
        connection.welcomeHandler(() -> {
            AcceptLimits.greeted(channel);
            newcomers.left(connection);
        });
        long leftMs = Math.max(1, HANDSHAKE_MS_MAX - AcceptLimits.msSinceAccepted(channel));
        vertx.setTimer(leftMs, due -> connection.requireHandshake(HANDSHAKE_MS_MAX));
        newcomers.arrived(connection).ifPresent(PeerConnection::makeRoom);
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }
}
