package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** A socket that listens, and closes at once what it accepts above the limits. */
final class LimitedServerChannel extends NioServerSocketChannel {
    private final AcceptLimits limits;
    private final int clientPort;

    /** @param clientPort the connections that this port accepts are those of clients */
    LimitedServerChannel(AcceptLimits limits, int clientPort) {
        this.limits = limits;
        this.clientPort = clientPort;
    }

    /** @return how many it accepted, those that it closed too, so that Netty goes on to the next one */
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        if (accepted.size() > before) {
            accepted((Channel) accepted.get(before), accepted);
        }
        return read;
    }

    private void accepted(Channel connection, List<Object> accepted) {
        if (!limits.admit(connection)) {
            accepted.remove(connection);
            connection.unsafe().closeForcibly();
        } else if (localAddress().getPort() == clientPort) {
            connection.config().setRecvByteBufAllocator(new ClientReads());
        }
    }
}
