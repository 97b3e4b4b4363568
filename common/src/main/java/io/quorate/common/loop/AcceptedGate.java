package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Closes at once what a port accepts above the limits, and accepts no more than {@value #ACCEPTS_MAX} connections
 * before the event loops that got them have served their sockets. It is before everything else in the pipeline of that
 * port.
 *
 * <p>A loop makes the places for all connections that it is told of before it serves any socket again. Without this,
 * 2,000 clients that come at the same time stop all others for about a second. They wait in the backlog of the system
 * instead.
 */
final class AcceptedGate extends ChannelInboundHandlerAdapter {
    /** A place takes an event loop about 0.1 ms. */
    static final int ACCEPTS_MAX = 64;

    private final AcceptLimits limits;
    private final int clientPort;

    /** Those that got a connection of the batch that is being accepted. */
    private final Set<EventLoop> loops = new LinkedHashSet<>();

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
        if (!limits.admit(connection)) {
            connection.unsafe().closeForcibly();
            return;
        }
        if (((InetSocketAddress) port.channel().localAddress()).getPort() == clientPort) {
            connection.config().setRecvByteBufAllocator(new ClientReads());
        }
        port.fireChannelRead(connection);
        if (connection.isOpen()) { // otherwise it may have no event loop
            loops.add(connection.eventLoop());
        }
    }

    /** Netty accepts {@value #ACCEPTS_MAX} connections at most before it calls this. */
    @Override
    public void channelReadComplete(ChannelHandlerContext port) {
        Set<EventLoop> taking = Set.copyOf(loops);
        loops.clear();
        for (EventLoop loop : taking) {
            loop.execute(() -> LoopTurns.current().orElseThrow().afterTurn(() -> port.executor()
                    .execute(() -> served(port))));
            awaited++;
        }
        if (awaited > 0) {
            port.channel().config().setAutoRead(false);
        }
        port.fireChannelReadComplete();
    }

    private void served(ChannelHandlerContext port) {
        awaited--;
        if (awaited == 0) {
            port.channel().config().setAutoRead(true);
        }
    }
}
