package io.quorate.common.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The client connections that have sent something and wait to be read. The addresses take turns, so a client with
 * thousands of connections delays another address by one read. An address with a quarter of the operations that may be
 * in flight lets all others go first. So it takes more only while no other waits, and all of them if it is alone. Pure:
 * the caller brings the time. Used on one event loop only.
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

    /** The connections of one address that wait, the oldest first, and how many operations it has in flight. */
    static final class AddressQueue<C> {
        private final Deque<Ready<C>> waiting = new ArrayDeque<>();
        private int inFlight;

        void began() {
            inFlight++;
        }

        void ended() {
            inFlight--;
            assert inFlight >= 0 : inFlight;
        }

        int inFlight() {
            return inFlight;
        }
    }

    private record Ready<C>(C connection, long sinceNs) {}

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
     * @param limit of the operations in flight
     */
    Optional<C> next(int limit, long nowNs) {
        if (size == 0) {
            return Optional.empty();
        }
        AddressQueue<C> address = nextAddress(share(limit));
        boolean calm = nowNs - address.waiting.peekFirst().sinceNs() < CALM_NS;
        return Optional.of(taken(address, calm ? address.waiting.pollFirst() : address.waiting.pollLast()));
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
            if (nowNs - address.waiting.peekFirst().sinceNs() >= LATE_NS) {
                return Optional.of(taken(address, address.waiting.pollFirst()));
            }
            turns.addLast(address);
        }
        return Optional.empty();
    }

    private C taken(AddressQueue<C> address, Ready<C> ready) {
        size--;
        if (!address.waiting.isEmpty()) {
            turns.addLast(address);
        }
        return ready.connection();
    }
}
