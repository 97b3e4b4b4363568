package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Closes at once what a port accepts above the limits, and accepts a few connections in each turn of their event loop.
 * It is before everything else in the pipeline of that port.
 *
 * <p>A loop makes the places for all connections that it is told of before it serves any socket again. Without this,
 * 2,000 clients that come at the same time stop all others for about a second. They wait in the backlog of the system
 * instead.
 */
final class AcceptedGate extends ChannelInboundHandlerAdapter {
    private final AcceptLimits limits;
    private final int clientPort;

    /** The connection that was accepted last, if the loops may not have taken it yet. */
    private Optional<Channel> last = Optional.empty();

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
        last = Optional.of(connection);
    }

    /** Netty accepts 16 connections at most before it calls this. */
    @Override
    public void channelReadComplete(ChannelHandlerContext port) {
        last.ifPresent(connection -> {
            port.channel().config().setAutoRead(false);
            connection.eventLoop().execute(() -> LoopTurns.current()
                    .orElseThrow()
                    .afterTurn(() -> port.channel().config().setAutoRead(true)));
        });
        last = Optional.empty();
        port.fireChannelReadComplete();
    }
}
