package io.quorate.common.loop;

import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What an event loop knows of one address of clients: how many connections it has, which of them wait, how many places
 * its operations in flight take, and how large the values and pages are that it reads. Used on that event loop only.
 */
final class ClientAddress {
    private final AddressQueue<ClientHandle> queue;
    private final InetAddress address;
    private final ClassShares shares;
    private final BooleanSupplier clientsWait;
    private final Consumer<ClientAddress> gone;

    // Made with the address, so that a request makes no object.
    private final Map<RequestClass, Asker> askers = new EnumMap<>(RequestClass.class);

    private final ValueSizes valueSizes = new ValueSizes();
    private final ValueSizes pageSizes = new ValueSizes();
    private int connections;

    /**
     * @param queue of this address alone
     * @param clientsWait whether connections wait for their turn
     * @param gone receives this when it has neither a connection nor an operation in flight
     */
    ClientAddress(
            InetAddress address,
            AddressQueue<ClientHandle> queue,
            ClassShares shares,
            BooleanSupplier clientsWait,
            Consumer<ClientAddress> gone) {
        this.address = address;
        this.queue = queue;
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
        public void began(int places) {
            queue.began(places);
            shares.began(of);
        }

        @Override
        public void ended(int places) {
            queue.ended(places);
            shares.ended(of);
            forgetIfGone();
        }

        @Override
        public boolean othersWait() {
            return clientsWait.getAsBoolean();
        }

        @Override
        public ValueSizes valueSizes() {
            return valueSizes;
        }

        @Override
        public ValueSizes pageSizes() {
            return pageSizes;
        }
    }
}
