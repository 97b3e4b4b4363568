package io.quorate.node.server;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections of one event loop without a finished handshake. They are few: one more than {@link #MAX} ends the
 * oldest. A process of the cluster is greeted within one round trip, so the oldest is the least likely to be one. If
 * the newest were refused, silent strangers could keep all others out. Used on that event loop only.
 *
 * @param <C> a connection
 */
final class Newcomers<C> {
    /** More than all other processes of a cluster dial at once. */
    static final int MAX = 128;

    private final Set<C> waiting = new LinkedHashSet<>();

    /** @return the oldest one, if it has to make room */
    Optional<C> arrived(C connection) {
        waiting.add(connection);
        if (waiting.size() <= MAX) {
            return Optional.empty();
        }
        C oldest = waiting.iterator().next();
        waiting.remove(oldest);
        return Optional.of(oldest);
    }

    /** It was greeted, or has closed. */
    void left(C connection) {
        waiting.remove(connection);
    }
}
