package io.quorate.common.loop;

import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What an event loop knows of one address of clients: how many connections it has, which of them wait, and how many
 * operations it has in flight. Used on that event loop only.
 */
final class ClientAddress {
    private final AddressQueue<ClientHandle> queue = new AddressQueue<>();
    private final InetAddress address;
    private final ClassShares shares;
    private final BooleanSupplier clientsWait;
    private final Consumer<ClientAddress> gone;

    // Made with the address, so that a request makes no object.
    private final Map<RequestClass, Asker> askers = new EnumMap<>(RequestClass.class);

    private int connections;

    /**
     * @param clientsWait whether connections wait for their turn
     * @param gone receives this when it has neither a connection nor an operation in flight
     */
    ClientAddress(InetAddress address, ClassShares shares, BooleanSupplier clientsWait, Consumer<ClientAddress> gone) {
        this.address = address;
        this.shares = shares;
        this.clientsWait = clientsWait;
        this.gone = gone;
        for (RequestClass each : RequestClass.values()) {
            askers.put(each, new OfClass(each));
        }
    }

    InetAddress address() {
        return address;
    }

    AddressQueue<ClientHandle> queue() {
        return queue;
    }

    Asker asker(RequestClass of) {
        return askers.get(of);
    }

    void opened() {
        connections++;
    }

    void closed() {
        connections--;
        forgetIfGone();
    }

    private void forgetIfGone() {
        if (connections == 0 && queue.inFlight() == 0) {
            gone.accept(this);
        }
    }

    private final class OfClass implements Asker {
        private final RequestClass of;

        OfClass(RequestClass of) {
            this.of = of;
        }

        @Override
        public void began() {
            queue.began();
            shares.began(of);
        }

        @Override
        public void ended() {
            queue.ended();
            shares.ended(of);
            forgetIfGone();
        }

        @Override
        public boolean othersWait() {
            return clientsWait.getAsBoolean();
        }
    }
}
