package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.NoAnswerException;
import io.quorate.deploy.linearizability.Condition;
import io.quorate.deploy.linearizability.History;
import io.quorate.deploy.linearizability.LinearizabilityChecker;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * Clients that read, write and delete few keys, with and without conditions and expiries, and record the answers. A
 * condition is on the version that any of them saw last. So many conditions hold and many do not.
 */
final class RegisterClients {
    private static final Path HISTORIES = Path.of("target/histories");

    /** A client that is refused at once and asks again at once would fill the history with refusals. */
    private static final long BACK_OFF_NS = 5_000_000;

    private static final long TTL_MS = 100;

    /** Of each kind, as often as it is drawn. */
    private static final List<Kind> MIXTURE = List.of(
            Kind.GET,
            Kind.GET,
            Kind.GET,
            Kind.GET,
            Kind.PUT,
            Kind.PUT,
            Kind.PUT_IF,
            Kind.PUT_IF,
            Kind.DELETE,
            Kind.DELETE_IF);

    private final LocalCluster cluster;
    private final int keys;
    private final long seed = System.nanoTime();
    private final History history = new History();
    private final AtomicInteger values = new AtomicInteger();
    private final Map<Integer, Random> randoms = new ConcurrentHashMap<>();
    private final Map<String, Condition> lastSeen = new ConcurrentHashMap<>();
    private final Queue<String> outages = new ConcurrentLinkedQueue<>();
    private final long timeoutMs;
    private final long clientTimeoutMs;
    private final ReadWriteLock routing = new ReentrantReadWriteLock();
    private volatile List<LocalNode> nodes;

    /** Chooses the node of a request. */
    interface Route {
        LocalNode of(int client, Random random);
    }

    /**
     * @param timeoutMs the server's deadline
     * @param clientTimeoutMs how long a client waits for an answer
     */
    RegisterClients(LocalCluster cluster, int keys, long timeoutMs, long clientTimeoutMs) {
        this.cluster = cluster;
        this.keys = keys;
        this.timeoutMs = timeoutMs;
        this.clientTimeoutMs = clientTimeoutMs;
        this.nodes = cluster.nodes();
    }

    /** For tests in which every request must succeed: as patient as any client. */
    static RegisterClients patient(LocalCluster cluster, int keys) {
        return new RegisterClients(cluster, keys, 5_000, 10_000);
    }

    long seed() {
        return seed;
    }

    History history() {
        return history;
    }

    /** From now on, requests go through these nodes only. On return, no request is on its way through another node. */
    void through(List<LocalNode> which) {
        routing.writeLock().lock();
        try {
            nodes = List.copyOf(which);
        } finally {
            routing.writeLock().unlock();
        }
    }

    /**
     * The requests without an answer, those that a busy node refused, and those that too few replicas answered. A
     * conditional write that a plain write overtook is unknown too, but it is no outage. A quorum answered all along.
     */
    List<String> outages() {
        return List.copyOf(outages);
    }

    ClosedLoop start(int clients) {
        return ClosedLoop.start(clients, this::step);
    }

    void step(int client) {
        routing.readLock().lock();
        try {
            step(client, (number, random) -> nodes.get(random.nextInt(nodes.size())));
        } finally {
            routing.readLock().unlock();
        }
    }

    void step(int client, Route route) {
        Random random = randoms.computeIfAbsent(client, number -> new Random(seed + number));
        String key = key(random.nextInt(keys));
        Attempt attempt = attempt(MIXTURE.get(random.nextInt(MIXTURE.size())), key, random.nextInt(5) == 0);
        LocalNode node = route.of(client, random);
        long startNs = System.nanoTime();
        Seen seen = perform(attempt, node);
        history.add(new Operation(
                client,
                attempt.kind,
                key,
                attempt.condition,
                seen.value,
                seen.expiresMs,
                seen.version,
                startNs,
                System.nanoTime(),
                seen.outcome));
        if (seen.outcome == Outcome.FAIL) {
            LockSupport.parkNanos(BACK_OFF_NS);
        }
    }

    /** Keeps the history, and fails with an explanation unless it is linearizable. */
    void judge(String name) throws IOException {
        Files.createDirectories(HISTORIES);
        history.write(HISTORIES.resolve(name + "-" + seed + ".jsonl"));
        LinearizabilityChecker.assertLinearizable(history);
    }

    /** Reads every key through every node until all replicas have the same record. */
    void awaitAgreement() {
        for (int number = 0; number < keys; number++) {
            String key = key(number);
            await("agreement on " + key)
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> agree(key));
        }
    }

    /** Keys of its own, absent at first, in a cluster that others have used. */
    private String key(int number) {
        return Long.toHexString(seed) + "/" + number;
    }

    private boolean agree(String key) {
        KvClient client = cluster.client();
        Set<String> versions = cluster.nodes().stream()
                .map(node -> client.get(node, key).getHeader("ETag"))
                .map(String::valueOf)
                .collect(Collectors.toSet());
        var replicas = client.replicas(cluster.node(1), key);
        Set<String> held = cluster.nodes().stream()
                .map(replicas::versionOf)
                .map(String::valueOf)
                .collect(Collectors.toSet());
        return versions.size() == 1 && held.size() == 1;
    }

    private record Attempt(
            Kind kind, String key, Optional<Condition> condition, Optional<String> value, boolean ends) {}

    /** A conditional delete of what was last seen absent would do nothing: it creates instead. */
    private Attempt attempt(Kind drawn, String key, boolean ends) {
        Condition condition = lastSeen.getOrDefault(key, Condition.ABSENT);
        Kind kind = drawn == Kind.DELETE_IF && condition.equals(Condition.ABSENT) ? Kind.PUT_IF : drawn;
        boolean puts = kind == Kind.PUT || kind == Kind.PUT_IF;
        return new Attempt(
                kind,
                key,
                kind.isConditional() ? Optional.of(condition) : Optional.empty(),
                puts ? Optional.of("v" + values.incrementAndGet()) : Optional.empty(),
                puts && ends);
    }

    private record Seen(Optional<String> value, Optional<Long> expiresMs, Optional<String> version, Outcome outcome) {}

    private Seen perform(Attempt attempt, LocalNode node) {
        try {
            return interpret(attempt, node, send(attempt, node));
        } catch (NoAnswerException e) {
            outages.add(attempt.kind + " through " + node + ": " + e.getMessage());
            return blind(attempt, e.wasNeverSent() ? Outcome.FAIL : Outcome.UNKNOWN);
        }
    }

    private HttpResponse<Buffer> send(Attempt attempt, LocalNode node) {
        String query = "?timeout=" + timeoutMs + "ms" + (attempt.ends ? "&ttl=" + TTL_MS + "ms" : "");
        HttpMethod method =
                switch (attempt.kind) {
                    case GET -> HttpMethod.GET;
                    case PUT, PUT_IF -> HttpMethod.PUT;
                    case DELETE, DELETE_IF -> HttpMethod.DELETE;
                };
        HttpRequest<Buffer> request = cluster.client()
                .request(method, node, KvClient.kv(attempt.key) + query)
                .timeout(clientTimeoutMs);
        attempt.condition.ifPresent(condition -> {
            if (condition.equals(Condition.ABSENT)) {
                request.putHeader("If-None-Match", "*");
            } else {
                request.putHeader("If-Match", '"' + condition.version().orElseThrow() + '"');
            }
        });
        return cluster.client().send(request, Buffer.buffer(attempt.value.orElse("")));
    }

    private Seen interpret(Attempt attempt, LocalNode node, HttpResponse<Buffer> answer) {
        Optional<String> version = Optional.ofNullable(answer.getHeader("ETag")).map(tag -> tag.replace("\"", ""));
        Kind kind = attempt.kind;
        switch (answer.statusCode()) {
            case 200, 201, 204 -> {
                Optional<String> value = kind == Kind.GET ? Optional.of(answer.bodyAsString()) : attempt.value;
                lastSeen.put(
                        attempt.key, value.isEmpty() ? Condition.ABSENT : Condition.version(version.orElseThrow()));
                return new Seen(
                        value, kind == Kind.GET ? Optional.empty() : endOf(attempt, answer), version, Outcome.OK);
            }
            case 404 -> {
                lastSeen.put(attempt.key, Condition.ABSENT);
                return new Seen(Optional.empty(), Optional.empty(), version, Outcome.OK);
            }
            case 412 -> {
                return new Seen(attempt.value, endOf(attempt, answer), version, Outcome.FAIL);
            }
            case 409 -> {
                return blind(attempt, Outcome.FAIL);
            }
            case 429 -> {
                outages.add(kind + " through " + node + ": " + KvClient.describe(answer));
                return blind(attempt, Outcome.FAIL);
            }
            case 503, 504 -> {
                JsonObject problem = KvClient.problem(answer);
                if (answer.statusCode() == 503 || problem.getInteger("acked") < problem.getInteger("required")) {
                    outages.add(kind + " through " + node + ": " + KvClient.describe(answer));
                }
                return blind(attempt, answer.statusCode() == 503 ? Outcome.FAIL : Outcome.UNKNOWN);
            }
            default -> throw new AssertionError(kind + " through " + node + ": " + KvClient.describe(answer));
        }
    }

    private static Seen blind(Attempt attempt, Outcome outcome) {
        Optional<Long> ends = attempt.ends ? Optional.of(Instant.now().toEpochMilli() + TTL_MS) : Optional.empty();
        return new Seen(attempt.value, ends, Optional.empty(), outcome);
    }

    private static Optional<Long> endOf(Attempt attempt, HttpResponse<Buffer> answer) {
        if (!attempt.ends) {
            return Optional.empty();
        }
        String told = answer.getHeader("Quorate-Expires-At");
        return Optional.of(
                told == null
                        ? Instant.now().toEpochMilli() + TTL_MS
                        : Instant.parse(told).toEpochMilli());
    }
}
