package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;

/** Closes at once what a port accepts above the limits. It is before everything else in the pipeline of that port. */
final class AcceptedGate extends ChannelInboundHandlerAdapter {
    private final AcceptLimits limits;
    private final int clientPort;

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
    }
}
