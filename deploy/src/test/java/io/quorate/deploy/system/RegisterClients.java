package io.quorate.deploy.system;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import io.quorate.deploy.linearizability.History;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients that read, write and delete few keys through any node, and note what they saw. */
final class RegisterClients {
    private static final String TIMEOUT = "?timeout=500ms";

    /** How long a client waits beyond the server's own deadline, and does so with paused nodes. */
    private static final long CLIENT_TIMEOUT_MS = 1_000;

    /** Who is refused at once and asks again at once fills the history with refusals. */
    private static final long BACK_OFF_NS = 5_000_000;

    private static final Map<Kind, HttpMethod> METHODS =
            Map.of(Kind.GET, HttpMethod.GET, Kind.PUT, HttpMethod.PUT, Kind.DELETE, HttpMethod.DELETE);

    private final LocalCluster cluster;
    private final History history;
    private final int keys;
    private final long seed;
    private final AtomicInteger values = new AtomicInteger();
    private final Map<Integer, Random> randoms = new ConcurrentHashMap<>();

    RegisterClients(LocalCluster cluster, History history, int keys, long seed) {
        this.cluster = cluster;
        this.history = history;
        this.keys = keys;
        this.seed = seed;
    }

    void step(int client) {
        Random random = randoms.computeIfAbsent(client, number -> new Random(seed + number));
        Kind kind = List.of(
                        Kind.GET,
                        Kind.GET,
                        Kind.GET,
                        Kind.GET,
                        Kind.GET,
                        Kind.PUT,
                        Kind.PUT,
                        Kind.PUT,
                        Kind.PUT,
                        Kind.DELETE)
                .get(random.nextInt(10));
        LocalNode node = cluster.node(1 + random.nextInt(3));
        String key = "k" + random.nextInt(keys);
        Optional<String> value = kind == Kind.PUT ? Optional.of("v" + values.incrementAndGet()) : Optional.empty();

        long startNs = System.nanoTime();
        Seen seen = perform(kind, node, key, value);
        history.add(new Operation(client, kind, key, seen.value, startNs, System.nanoTime(), seen.outcome));
        if (seen.outcome == Outcome.FAIL) {
            LockSupport.parkNanos(BACK_OFF_NS);
        }
    }

    private Seen perform(Kind kind, LocalNode node, String key, Optional<String> value) {
        KvClient client = cluster.client();
        try {
            HttpResponse<Buffer> answer = client.send(
                    client.request(METHODS.get(kind), node.httpPort(), KvClient.kv(key) + TIMEOUT)
                            .timeout(CLIENT_TIMEOUT_MS),
                    Buffer.buffer(value.orElse("")));
            return interpret(kind, value, answer);
        } catch (NoAnswerException e) {
            return new Seen(value, e.wasNeverSent() ? Outcome.FAIL : Outcome.UNKNOWN);
        }
    }

    private static Seen interpret(Kind kind, Optional<String> value, HttpResponse<Buffer> answer) {
        int status = answer.statusCode();
        if (kind == Kind.GET && status == 200) {
            return new Seen(Optional.of(answer.bodyAsString()), Outcome.OK);
        } else if (status == 200 || status == 201 || status == 204 || (kind == Kind.GET && status == 404)) {
            return new Seen(value, Outcome.OK);
        } else if (status == 503) {
            return new Seen(value, Outcome.FAIL);
        } else if (status == 504) {
            return new Seen(value, Outcome.UNKNOWN);
        }
        throw new AssertionError(kind + ": " + KvClient.describe(answer));
    }

    private record Seen(Optional<String> value, Outcome outcome) {}
}
