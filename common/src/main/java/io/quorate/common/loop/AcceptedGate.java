package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.quorate.common.link.ClientNetwork;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Closes at once what a port accepts above the limits, and gives event loops no more than {@value #BATCH_MAX}
 * connections before they have served their sockets. It is before everything else in the pipeline of that port.
 *
 * <p>A loop makes the places for all connections that it is told of before it serves any socket again. Without this,
 * 2,000 clients that come at the same time stop all others for about a second.
 *
 * <p>Those that come meanwhile wait here, where the addresses take turns ({@link AcceptedQueue}). The backlog of the
 * system has no turns: a client would wait there behind all of them, and a full backlog drops clients, which try again
 * only a second later.
 *
 * <p>Used on the event loop of the port only.
 */
final class AcceptedGate extends ChannelInboundHandlerAdapter {
    /** Between two looks at whether an event loop wants connections. */
    static final int ACCEPTS_MAX = 64;

    /**
     * A place takes an event loop about 0.1 ms, and several times as long while its code is new or others have the
     * cores. With 64 in a batch, all other clients waited one and a half times as long beside 5,000 new ones.
     */
    static final int BATCH_MAX = 16;

    /** More wait in the backlog of the system. Each that waits here has a descriptor and about 2 KiB. */
    static final int WAITING_MAX = 4_096;

    private final AcceptLimits limits;
    private final int clientPort;
    private final AcceptedQueue<Channel> waiting = new AcceptedQueue<>();

    /** How many event loops have not served their sockets since they got a connection. */
    private int awaited;

    /** @param clientPort the connections that this port accepts are those of clients */
    AcceptedGate(AcceptLimits limits, int clientPort) {
        this.limits = limits;
        this.clientPort = clientPort;
    }

    @Override
    public void channelRead(ChannelHandlerContext port, Object accepted) {
        Channel connection = (Channel) accepted;
        if (!limits.admit(connection) || !(connection.remoteAddress() instanceof InetSocketAddress remote)) {
            connection.unsafe().closeForcibly();
            return;
        }
        if (((InetSocketAddress) port.channel().localAddress()).getPort() == clientPort) {
            connection.config().setRecvByteBufAllocator(new ClientReads());
        }
        waiting.add(ClientNetwork.of(remote.getAddress()), connection);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext port) {
        handOver(port);
        port.fireChannelReadComplete();
    }

    private void handOver(ChannelHandlerContext port) {
        // Nobody asks for the connections behind a batch of which no event loop has any left.
        while (awaited == 0 && waiting.size() > 0) {
            for (EventLoop loop : handOverBatch(port)) {
                loop.execute(() -> LoopTurns.current().orElseThrow().afterTurn(() -> port.executor()
                        .execute(() -> served(port))));
                awaited++;
            }
        }
        port.channel().config().setAutoRead(waiting.size() < WAITING_MAX);
    }

    /** Returns the event loops that got any. */
    private Set<EventLoop> handOverBatch(ChannelHandlerContext port) {
        Set<EventLoop> loops = new LinkedHashSet<>();
        int handedOver = 0;
        while (handedOver < BATCH_MAX && waiting.size() > 0) {
            Channel connection = waiting.next().orElseThrow();
            if (connection.isOpen()) { // otherwise it has made room for another one
                AcceptLimits.handedOver(connection);
                port.fireChannelRead(connection);
                handedOver++;
            }
            if (connection.isOpen()) {
                loops.add(connection.eventLoop());
            } else { // its server has closed, and it may have no event loop, which would say so
                AcceptLimits.closed(connection);
            }
        }
        return loops;
    }

    private void served(ChannelHandlerContext port) {
        awaited--;
        handOver(port);
    }

    /** Nothing else closes those that wait. */
    @Override
    public void channelInactive(ChannelHandlerContext port) {
        for (Optional<Channel> next = waiting.next(); next.isPresent(); next = waiting.next()) {
            AcceptLimits.close(next.get());
        }
        port.fireChannelInactive();
    }
}
