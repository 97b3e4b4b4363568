package io.quorate.common.loop;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The connections of one port without a finished handshake, the oldest first. A process of the cluster finishes its
 * handshake within some round trips, so the oldest is the least likely to be one. The loop that accepts adds them, and
 * the loops that serve them remove them. Safe for use by several threads.
 */
final class UngreetedConnections {
    private final Set<AcceptedConnection> waiting = new LinkedHashSet<>();

    synchronized void add(AcceptedConnection connection) {
        waiting.add(connection);
    }

    /** It was greeted, or has closed. */
    synchronized void remove(AcceptedConnection connection) {
        waiting.remove(connection);
    }

    /** Removes the oldest of these. */
    synchronized Optional<AcceptedConnection> removeOldest(Predicate<AcceptedConnection> these) {
        Optional<AcceptedConnection> oldest = waiting.stream().filter(these).findFirst();
        oldest.ifPresent(waiting::remove);
        return oldest;
    }
}
