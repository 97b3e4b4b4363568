package io.quorate.common.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What differs between the kinds of sockets that Netty has. */
interface LoopSockets {
    /** The two ends of a connection. */
    record Ends(InetSocketAddress local, InetSocketAddress remote) {}

    /** What event loops add to any kind. */
    interface Additions {
        /** Gives the sockets of each event loop their turns. */
        IoHandlerFactory turns(IoHandlerFactory sockets);

        /** Limits what each port accepts. */
        ChannelFactory<? extends ServerChannel> gate(ChannelFactory<? extends ServerChannel> ports);
    }

    /** Vert.x with these sockets. */
    Transport transport(Additions additions);

    /** The ends of a connection that is open. Empty for any other socket, such as one that listens. */
    Optional<Ends> ends(IoHandle handle);

    /** Makes a client of a connection, which waits for its turns. */
    ClientHandle client(IoHandle handle, ClientHandle.WaitingPlace place);
}
