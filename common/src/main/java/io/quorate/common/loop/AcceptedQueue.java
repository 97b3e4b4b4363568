package io.quorate.common.loop;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Queue;

/**
 * The connections that a port accepted and that no event loop has yet. The addresses take turns, so one that opens
 * thousands of connections at once delays a connection of another address by one. Used on the event loop of the port
 * only.
 *
 * @param <C> a connection
 */
final class AcceptedQueue<C> {
    /** The addresses with connections, in the order of their turns. */
    private final Map<InetAddress, Queue<C>> byAddress = new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    void add(InetAddress address, C connection) {
        byAddress.computeIfAbsent(address, any -> new ArrayDeque<>()).add(connection);
        size++;
    }

    /** Removes the next one. Empty if there is none. */
    Optional<C> next() {
        Iterator<Entry<InetAddress, Queue<C>>> turns = byAddress.entrySet().iterator();
        if (!turns.hasNext()) {
            return Optional.empty();
        }
        Entry<InetAddress, Queue<C>> turn = turns.next();
        InetAddress address = turn.getKey();
        Queue<C> waiting = turn.getValue();
        turns.remove();
        C next = waiting.remove();
        if (!waiting.isEmpty()) {
            byAddress.put(address, waiting);
        }
        size--;
        return Optional.of(next);
    }
}
