package io.quorate.common.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.quorate.common.time.Clock;
import io.vertx.core.transport.Transport;

/**
 * Makes the event loops of a Vert.x give their sockets turns ({@link LoopTurns}), and limits what its ports accept
 * ({@link AcceptLimits}).
 */
public final class LoopTransport implements Transport {
    private final LoopSockets sockets;
    private final int clientPort;
    private final ClientLoad load;
    private final Clock clock;
    private final AcceptLimits limits;

    /** Without limits of what is accepted. */
    public LoopTransport(SocketTransport transport, int clientPort, ClientLoad load, Clock clock) {
        this(transport, clientPort, load, clock, new AcceptLimits());
    }

    /** @param clientPort the connections that this port accepts are those of clients */
    public LoopTransport(SocketTransport transport, int clientPort, ClientLoad load, Clock clock, AcceptLimits limits) {
        this.sockets = transport.sockets();
        this.limits = limits;
        this.clientPort = clientPort;
        this.load = load;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NIO.name();
    }

    @Override
    public boolean available() {
        return NIO.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return NIO.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return sockets.transport(new TurnsAndLimits());
    }

    private final class TurnsAndLimits implements LoopSockets.Additions {
        @Override
        public IoHandlerFactory turns(IoHandlerFactory handlers) {
            return executor -> new LoopTurns(sockets, handlers.newHandler(executor), clientPort, load, clock);
        }

        @Override
        public ChannelFactory<? extends ServerChannel> gate(ChannelFactory<? extends ServerChannel> ports) {
            return () -> {
                ServerChannel port = ports.newChannel();
                // By default the port of the selector accepts 16 connections at a time. That of epoll accepts one:
                // it takes the number of a descriptor for fewer bytes than it wanted, and so for all that came.
                port.config()
                        .setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator()
                                .respectMaybeMoreData(false)
                                .maxMessagesPerRead(AcceptedGate.ACCEPTS_MAX));
                port.pipeline().addFirst(new AcceptedGate(limits, clientPort));
                return port;
            };
        }
    }
}
