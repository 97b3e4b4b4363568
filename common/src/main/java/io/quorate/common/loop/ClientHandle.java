package io.quorate.common.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The socket of a client between the system's readiness and its channel. It reports that there is something to read
 * only when its turn has come. Answers leave at once. Used on one event loop only.
 */
@SuppressWarnings("try") // IoHandle declares that close throws any exception
abstract class ClientHandle implements IoHandle {
    private final IoHandle channel;
    private final AddressQueue<ClientHandle> address;
    private final Consumer<ClientHandle> becameReady;
    private final Runnable closed;
    private Optional<IoRegistration> waiting = Optional.empty();

    /** Where a client waits, and who hears of it. */
    record WaitingPlace(AddressQueue<ClientHandle> address, Consumer<ClientHandle> becameReady, Runnable closed) {}

    /**
     * @param channel the handle that Netty made for the socket
     * @param place with what adds this to the queue of its address
     */
    ClientHandle(IoHandle channel, WaitingPlace place) {
        this.channel = channel;
        this.address = place.address();
        this.becameReady = place.becameReady();
        this.closed = place.closed();
    }

    AddressQueue<ClientHandle> address() {
        return address;
    }

    /** The registration that the channel gets instead of the event loop's own. */
    IoRegistration over(IoRegistration registration) {
        return registration;
    }

    /** The channel may read in its turn. */
    final void readLater(IoRegistration registration) {
        if (waiting.isEmpty()) {
            waiting = Optional.of(registration);
            becameReady.accept(this);
        }
    }

    /** Tells the channel of an event now. */
    final void tell(IoRegistration registration, IoEvent event) {
        channel.handle(registration, event);
    }

    /**
     * The system reports a socket in each turn until it is read. One that was not read in its first turn is not asked
     * about meanwhile.
     */
    final void restUntilServed() {
        waiting.filter(IoRegistration::isValid).ifPresent(this::rest);
    }

    /** Asks the system no more whether there is something to read. */
    abstract void rest(IoRegistration registration);

    /** Lets the channel read, which asks for the next read at the end. */
    abstract void read(IoRegistration registration);

    /** Lets the channel read. False if the connection closed meanwhile. */
    final boolean serve() {
        Optional<IoRegistration> open = waiting.filter(IoRegistration::isValid);
        waiting = Optional.empty();
        open.ifPresent(this::read);
        return open.isPresent();
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
