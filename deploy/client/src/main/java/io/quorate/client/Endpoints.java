package io.quorate.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which node to ask. All requests go through one node while it answers: its connections are open, and conditional
 * writes of one client do not compete. Clients begin at different nodes. Those that were named come before those that
 * the cluster told, which may have addresses for its own network only. For all threads.
 */
final class Endpoints {
    private static final long AVOIDED_NS = Duration.ofSeconds(1).toNanos();

    private final List<URI> named;
    private final Map<URI, Long> avoidedUntilNs = new ConcurrentHashMap<>();
    private volatile List<URI> told = List.of();
    private volatile Optional<URI> current = Optional.empty();

    Endpoints(Collection<URI> named) {
        List<URI> shuffled = new ArrayList<>(named);
        Collections.shuffle(shuffled);
        this.named = List.copyOf(shuffled);
    }

    /** The cluster's own list of its nodes. */
    void tell(List<URI> nodes) {
        told = List.copyOf(nodes);
    }

    boolean knows(URI node) {
        return named.contains(node) || told.contains(node);
    }

    /** A node that was not tried, and preferably none that failed a moment ago. Empty if all were tried. */
    Optional<URI> next(Set<URI> tried) {
        List<URI> untried = Stream.of(current.stream(), named.stream(), told.stream())
                .flatMap(all -> all)
                .filter(endpoint -> !tried.contains(endpoint))
                .toList();
        return untried.stream()
                .filter(endpoint -> !isAvoided(endpoint))
                .findFirst()
                .or(() -> untried.stream().findFirst());
    }

    private boolean isAvoided(URI endpoint) {
        Long untilNs = avoidedUntilNs.get(endpoint);
        return untilNs != null && System.nanoTime() - untilNs < 0;
    }

    void answered(URI endpoint) {
        avoidedUntilNs.remove(endpoint);
        current = Optional.of(endpoint);
    }

    void failed(URI endpoint) {
        avoidedUntilNs.put(endpoint, System.nanoTime() + AVOIDED_NS);
        current = current.filter(used -> !used.equals(endpoint));
    }
}
