package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks a node several times a second which others are up, on a thread of its own: a node that hangs delays no load. */
public final class NodeWatch implements AutoCloseable {
    private static final long PAUSE_MS = 200;
    private static final int TIMEOUT_MS = 1_000;

    private final List<Endpoint> endpoints;
    private final ClientTls tls;
    private final ClientToken token;
    private final CountDownLatch closed = new CountDownLatch(1);

    // The thread that asks owns it.
    private Map<String, String> states = Map.of();

    // Both threads add to it or take from it, under the lock of this object.
    private final List<String> changes = new ArrayList<>();

    private NodeWatch(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
        this.endpoints = endpoints;
        this.tls = tls;
        this.token = token;
    }

    public static NodeWatch start(List<Endpoint> endpoints, ClientTls tls, ClientToken token) {
        NodeWatch watch = new NodeWatch(endpoints, tls, token);
        Thread thread = new Thread(watch::run, "node-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                cluster().ifPresent(this::compare);
            } while (!closed.await(PAUSE_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The view of the first that answers. Empty if none does: then the requests say enough. */
    private Optional<JsonNode> cluster() {
        for (Endpoint endpoint : endpoints) {
            try {
                return Optional.of(new NodeGet(endpoint, "/v1/cluster", TIMEOUT_MS, tls, token).json());
            } catch (IOException e) {
                continue; // the next one may answer
            }
        }
        return Optional.empty();
    }

    private void compare(JsonNode cluster) {
        Map<String, String> now = states(cluster);
        List<String> news = changes(states, now);
        states = now;
        synchronized (this) {
            changes.addAll(news);
        }
    }

    private static Map<String, String> states(JsonNode cluster) {
        Map<String, String> states = new TreeMap<>();
        cluster.path("nodes")
                .forEach(node ->
                        states.put(node.path("id").asText(), node.path("state").asText()));
        return states;
    }

    /** Each node whose state is another than it was. A node that is seen for the first time is news if it is not up. */
    static List<String> changes(Map<String, String> before, Map<String, String> now) {
        return now.entrySet().stream()
                .filter(node -> !node.getValue().equals(before.getOrDefault(node.getKey(), "up")))
                .map(node -> node.getKey() + " is " + node.getValue())
                .toList();
    }

    /** What happened since the last call, in order. */
    public synchronized List<String> changes() {
        List<String> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
