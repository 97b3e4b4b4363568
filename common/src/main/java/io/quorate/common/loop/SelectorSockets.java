package io.quorate.common.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandle;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** The sockets of the JDK, which its selector watches. */
final class SelectorSockets implements LoopSockets {
    @Override
    public Transport transport(Additions additions) {
        return new NioTransport() {
            @Override
            public IoHandlerFactory ioHandlerFactory() {
                return additions.turns(super.ioHandlerFactory());
            }

            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                ChannelFactory<? extends ServerChannel> ports = super.serverChannelFactory(domainSocket);
                return domainSocket ? ports : additions.gate(ports);
            }
        };
    }

    @Override
    public Optional<Ends> ends(IoHandle handle) {
        try {
            return ((NioIoHandle) handle).selectableChannel() instanceof SocketChannel channel
                            && channel.getLocalAddress() instanceof InetSocketAddress local
                            && channel.getRemoteAddress() instanceof InetSocketAddress remote
                    ? Optional.of(new Ends(local, remote))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ClientHandle client(IoHandle handle, ClientHandle.WaitingPlace place) {
        return new SelectorClient((NioIoHandle) handle, place);
    }
}
