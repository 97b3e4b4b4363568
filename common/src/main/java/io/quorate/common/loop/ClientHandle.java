package io.quorate.common.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The socket of a client between the selector and its channel. It reports that there is something to read only when its
 * turn has come. Answers leave at once. Used on one event loop only.
 */
@SuppressWarnings("try") // NioIoHandle declares that close throws any exception
final class ClientHandle implements NioIoHandle {
    private static final NioIoEvent READ = () -> NioIoOps.READ;
    private static final NioIoEvent WRITE = () -> NioIoOps.WRITE;

    private final NioIoHandle channel;
    private final AddressQueue<ClientHandle> address;
    private final Consumer<ClientHandle> becameReady;
    private final Runnable closed;
    private Optional<IoRegistration> waiting = Optional.empty();

    /**
     * @param channel the handle that Netty made for the socket
     * @param becameReady adds this to the queue of its address
     */
    ClientHandle(
            NioIoHandle channel,
            AddressQueue<ClientHandle> address,
            Consumer<ClientHandle> becameReady,
            Runnable closed) {
        this.channel = channel;
        this.address = address;
        this.becameReady = becameReady;
        this.closed = closed;
    }

    AddressQueue<ClientHandle> address() {
        return address;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        NioIoOps ops = ((NioIoEvent) event).ops();
        if (ops.contains(NioIoOps.WRITE)) {
            channel.handle(registration, WRITE);
        }
        if (ops.contains(NioIoOps.READ) && waiting.isEmpty()) {
            waiting = Optional.of(registration);
            becameReady.accept(this);
        }
    }

    /**
     * The selector reports a socket in each turn until it is read. One that was not read in its first turn is not asked
     * about meanwhile. The channel asks for the next read by itself, at the end of each.
     */
    void restUntilServed() {
        waiting.filter(IoRegistration::isValid).ifPresent(registration -> {
            SelectionKey key = registration.attachment();
            registration.submit(NioIoOps.valueOf(key.interestOps() & ~SelectionKey.OP_READ));
        });
    }

    /** Lets the channel read. False if the connection closed meanwhile. */
    boolean serve() {
        Optional<IoRegistration> open = waiting.filter(IoRegistration::isValid);
        waiting = Optional.empty();
        open.ifPresent(registration -> channel.handle(registration, READ));
        return open.isPresent();
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel.selectableChannel();
    }

    @Override
    public void registered() {
        channel.registered();
    }

    @Override
    public void unregistered() {
        closed.run();
        channel.unregistered();
    }

    @Override
    public void close() throws Exception {
        channel.close();
    }
}
