package io.quorate.common.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.Socket;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The sockets of Linux without the JDK between: Netty's own library calls epoll, and reads and writes. */
final class EpollSockets implements LoopSockets {
    @Override
    public Transport transport(Additions additions) {
        return new EpollTransport() {
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
        if (((EpollIoHandle) handle).fd() instanceof Socket socket) {
            InetSocketAddress local = socket.localAddress();
            InetSocketAddress remote = socket.remoteAddress();
            return local == null || remote == null ? Optional.empty() : Optional.of(new Ends(local, remote));
        }
        return Optional.empty();
    }

    @Override
    public ClientHandle client(IoHandle handle, ClientHandle.WaitingPlace place) {
        return new EpollClient((EpollIoHandle) handle, place);
    }
}
