package io.quorate.common.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The client connections that have sent something and wait to be read. The addresses take turns, so a client with
 * thousands of connections delays another address by one read. Operations in flight take places, and there is a limit
 * of them. An address with a quarter of the places lets all others go first. So it takes more only while no other
 * waits, and all of them if it is alone. Those that come after it need not wait until some of its operations end: an
 * address with less than its even part goes on beyond the limit ({@link #nextBelowEvenPart}). Pure: the caller brings
 * the time. Used on one event loop only.
 *
 * <pre>
 *  the oldest of an address waits for  its next connection is
 *  ----------------------------------  ----------------------------------------
 *  less than {@value #CALM_MS} ms                     the oldest
 *  {@value #CALM_MS} ms or longer                     the newest
 *  {@value #LATE_MS} ms or longer                    the newest, and the oldest is to be refused
 * </pre>
 *
 * A queue that lasts means more load than the process can do. In the order of arrival each request would then be
 * answered after the same long wait, which is after the patience of its client. The newest first gives up some requests
 * and answers the others at once (Maurer, "Fail at Scale", ACM Queue 2015: adaptive LIFO).
 *
 * @param <C> a connection
 */
final class ReadyClients<C> {
    static final long CALM_MS = 20;
    static final long LATE_MS = 200;

    private static final long CALM_NS = TimeUnit.MILLISECONDS.toNanos(CALM_MS);
    private static final long LATE_NS = TimeUnit.MILLISECONDS.toNanos(LATE_MS);

    /** The addresses with connections that wait, in the order of their turns. */
    private final Deque<AddressQueue<C>> turns = new ArrayDeque<>();

    private int size;

    /** How many addresses have operations in flight, also those of which no connection waits. */
    private int busyAddresses;

    /**
     * The connections of one address that wait, the oldest first, and how many places its operations in flight take.
     */
    static final class AddressQueue<C> {
        private final ReadyClients<C> all;
        private final Deque<Ready<C>> waiting = new ArrayDeque<>();
        private int inFlight;

        /** In which it was read beyond the limit last. */
        private long lastTurn;

        private AddressQueue(ReadyClients<C> all) {
            this.all = all;
        }

        void began(int places) {
            all.busyAddresses += inFlight == 0 ? 1 : 0;
            inFlight += places;
        }

        void ended(int places) {
            inFlight -= places;
            assert inFlight >= 0 : inFlight;
            all.busyAddresses -= inFlight == 0 ? 1 : 0;
        }

        int inFlight() {
            return inFlight;
        }
    }

    private record Ready<C>(C connection, long sinceNs) {}

    /** The queue of one more address. */
    AddressQueue<C> newQueue() {
        return new AddressQueue<>(this);
    }

    int size() {
        return size;
    }

    /** A connection that is not here yet becomes ready. */
    void add(AddressQueue<C> address, C connection, long nowNs) {
        if (address.waiting.isEmpty()) {
            turns.addLast(address);
        }
        address.waiting.addLast(new Ready<>(connection, nowNs));
        size++;
    }

    /**
     * The connection to serve next. Empty if none waits.
     *
     * @param limit of the places
     */
    Optional<C> next(int limit, long nowNs) {
        if (size == 0) {
            return Optional.empty();
        }
        return Optional.of(next(nextAddress(share(limit)), nowNs));
    }

    private C next(AddressQueue<C> address, long nowNs) {
        boolean calm = nowNs - address.waiting.peekFirst().sinceNs() < CALM_NS;
        return taken(address, calm ? address.waiting.pollFirst() : address.waiting.pollLast());
    }

    /**
     * The connection to serve next although the limit is reached: one of an address that has less in flight than its
     * even part, which is the limit divided by the addresses that have something in flight. Some of them have more
     * then, and who asks for little does not wait for them. Each address has one read of this kind in a turn: some
     * requests begin no operation, and only operations make it wait. Empty if there is none.
     */
    Optional<C> nextBelowEvenPart(int limit, long turn, long nowNs) {
        int evenPart = evenPart(limit);
        for (int looked = turns.size(); looked > 0; looked--) {
            AddressQueue<C> address = turns.pollFirst();
            if (address.inFlight < evenPart && address.lastTurn != turn) {
                address.lastTurn = turn;
                return Optional.of(next(address, nowNs));
            }
            turns.addLast(address);
        }
        return Optional.empty();
    }

    /** Whether the next turn has one for {@link #nextBelowEvenPart}. */
    boolean hasBelowEvenPart(int limit) {
        int evenPart = evenPart(limit);
        return turns.stream().anyMatch(address -> address.inFlight < evenPart);
    }

    /** Whether an address has nothing in flight, or less than its even part beside others. */
    boolean asksForLittle(AddressQueue<C> address, int limit) {
        return address.inFlight == 0 || busyAddresses > 1 && address.inFlight < evenPart(limit);
    }

    private int evenPart(int limit) {
        return Math.max(1, limit / Math.max(1, busyAddresses));
    }

    /** Passes over those with a share or more. There are only as many of them as there are shares in flight. */
    private AddressQueue<C> nextAddress(int share) {
        for (int looked = turns.size(); looked > 0; looked--) {
            AddressQueue<C> address = turns.pollFirst();
            if (address.inFlight < share) {
                return address;
            }
            turns.addLast(address);
        }
        return turns.pollFirst();
    }

    /** Whether an address may begin one more without a turn: no other one waits, or it has less than its share. */
    boolean mayGoFirst(AddressQueue<C> address, int limit) {
        return size == address.waiting.size() || address.inFlight < share(limit);
    }

    private static int share(int limit) {
        return Math.max(1, limit / Asker.FAIR_PART);
    }

    /** A connection that waits for too long. Empty if there is none. */
    Optional<C> nextLate(long nowNs) {
        for (int looked = turns.size(); looked > 0; looked--) {
            AddressQueue<C> address = turns.pollFirst();
            if (isLate(address, nowNs)) {
                return Optional.of(taken(address, address.waiting.pollFirst()));
            }
            turns.addLast(address);
        }
        return Optional.empty();
    }

    /** Whether there is one for {@link #nextLate}. */
    boolean hasLate(long nowNs) {
        return turns.stream().anyMatch(address -> isLate(address, nowNs));
    }

    private boolean isLate(AddressQueue<C> address, long nowNs) {
        return nowNs - address.waiting.peekFirst().sinceNs() >= LATE_NS;
    }

    private C taken(AddressQueue<C> address, Ready<C> ready) {
        size--;
        if (!address.waiting.isEmpty()) {
            turns.addLast(address);
        }
        return ready.connection();
    }
}
