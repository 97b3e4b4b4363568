package io.quorate.deploy.openapi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.quorate.deploy.system.RealCluster;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the document is true. The test drives each of its operations, statuses and parameters. No answer may have
 * a status, header, content type or field that is not in it. Paused nodes count as up for a minute, so that requests
 * wait for them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OpenApiIT {
    /** Answers that take more than requests to a cluster, and who drives them instead. */
    private static final Map<String, String> DRIVEN_ELSEWHERE = Map.ofEntries(
            Map.entry(
                    "getValue 409",
                    "as for a write, which meets it here; a read meets it after thirty lost rounds only"),
            Map.entry("headValue 409", "as for GET"),
            Map.entry("putValue 408", "SlowClientsIT"),
            Map.entry("runBatch 408", "as for a PUT"),
            Map.entry("getValue 507", "LargeRequestsTest"),
            Map.entry("headValue 507", "as for GET"),
            Map.entry("scanKeys 409", "a read of one key of the page meets it: as for getValue"),
            Map.entry("scanKeys 507", "LargeRequestsTest"),
            Map.entry("headKeys 409", "as for GET"),
            Map.entry("headKeys 507", "as for GET"),
            Map.entry("putValue 507", "FullDiskIT"),
            Map.entry("makeCheckpoint 507", "FullDiskIT"),
            Map.entry(
                    "deleteValue 507", "as for a PUT, when the ballast's place is full too: FullDiskTest of the store"),
            Map.entry("changeValue 408", "as for a PUT"),
            Map.entry("changeValue 409", "as for a conditional PUT"),
            Map.entry("changeValue 504", "as for a conditional write: the simulation's function schedules"),
            Map.entry("changeValue 507", "as for a PUT"),
            Map.entry("makeCheckpoint 429", "needs more reads waiting for the disk than fit in the queue"),
            Map.entry("makeCheckpoint 503", "needs a checkpoint in the moment in which the store closes"),
            Map.entry("deleteCheckpoint 409", "needs another checkpoint in the same moment"),
            Map.entry("deleteCheckpoint 429", "as for making one"),
            Map.entry("logIn 200", "needs an access file: SessionsTest"),
            Map.entry("logIn 429", "needs an access file: SessionsTest"),
            Map.entry("listCheckpoints 409", "needs a store too damaged to be opened"),
            Map.entry("listCheckpoints 429", "as for making one"));

    private static final Map<String, String> NOTHING = Map.of();
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String FAULTS = "/v1/faults";
    private static final int STREAMS_MAX = 64;
    private static final int OPERATIONS_IN_FLIGHT_MAX = 8192;
    private static final int OF_ONE_BATCH = 32;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree("silentMs: 60000\neventLoops: 1\n");

    private static Exercise exercise;

    private static ApiDocument document;

    @BeforeAll
    static void readTheDocument() {
        document = ApiDocument.servedBy(CLUSTER.client(), one());
        exercise = new Exercise(CLUSTER.client(), document);
    }

    @Test
    void oneKey() {
        String tag = send("PUT /v1/kv/a/b?ttl=1h&timeout=5s", NOTHING, "1", 201).getHeader("ETag");
        send("GET /v1/kv/a/b", NOTHING, "", 200);
        send("GET /v1/kv/a/b?explain=1&consistency=quorum&timeout=5s", NOTHING, "", 200);
        send("HEAD /v1/kv/a/b?explain=1&consistency=quorum&timeout=5s", NOTHING, "", 200);
        send("PUT /v1/kv/a/b?consistency=all", Map.of("Content-Type", "application/json"), "{}", 200);
        send("GET /v1/kv/a/b", NOTHING, "", 200);
        for (String method : List.of("GET", "HEAD")) {
            String now = send(method + " /v1/kv/a/b", Map.of("If-Match", "*"), "", 200)
                    .getHeader("ETag");
            send(method + " /v1/kv/a/b", Map.of("If-None-Match", now), "", 304);
            send(method + " /v1/kv/a/b", Map.of("If-Match", tag), "", 412);
        }
        send("PUT /v1/kv/a/b", Map.of("If-Match", tag), "2", 412);
        send("PUT /v1/kv/a/b", Map.of("If-None-Match", "*"), "2", 412);
        send("DELETE /v1/kv/a/b", Map.of("If-Match", tag), "", 412);
        send("DELETE /v1/kv/a/b", Map.of("If-None-Match", "*"), "", 412);
        send("PUT /v1/kv/a/b?explain=1&ttl=1h", NOTHING, "3", 200);
        send("GET /v1/kv/a/b?explain=1", NOTHING, "", 200);
        send("DELETE /v1/kv/a/b?consistency=all&timeout=5s", NOTHING, "", 204);
        send("DELETE /v1/kv/a/b?explain=1", NOTHING, "", 200);
        send("PUT /v1/kv/explained?explain=1", Map.of("If-None-Match", "*"), "1", 201);
        for (String key : List.of("a/b", "never%20written")) {
            send("GET /v1/kv/" + key, NOTHING, "", 404);
            send("GET /v1/kv/" + key + "?explain=1", NOTHING, "", 404);
            send("HEAD /v1/kv/" + key, NOTHING, "", 404);
        }
        send("PUT /v1/kv/never%20written", Map.of("If-Match", "*"), "1", 412);
    }

    @Test
    void functionsOfAValue() {
        String counter = "PATCH /v1/kv/counter";
        send(counter + "?ttl=1h&timeout=5s", NOTHING, "{\"add\": \"2\", \"max\": 9}", 201);
        send(counter + "?explain=1&consistency=linearizable", NOTHING, "{\"add\": 5}", 200);
        assertEquals("7", send("GET /v1/kv/counter", NOTHING, "", 200).bodyAsString());
        send(counter, NOTHING, "{\"add\": \"5\", \"min\": \"0\", \"max\": \"9\"}", 412);
        send(counter, NOTHING, "{\"add\": \"1\", \"append\": \"1\"}", 400);
        send(counter, Map.of("If-Match", "*"), "{\"add\": \"1\"}", 400);
        send(counter, Map.of("Content-Encoding", "gzip"), "{\"add\": \"1\"}", 415);
        send(counter, NOTHING, " ".repeat((3 << 20) + 8_192), 413);
        send("PATCH /v1/kv/text", NOTHING, "{\"append\": \"a\", \"contentType\": \"text/plain\"}", 201);
        send("PATCH /v1/kv/text", NOTHING, "{\"append64\": \"YQ==\"}", 200);
        send("PATCH /v1/kv/text", NOTHING, "{\"value\": \"b\", \"ifValue\": \"aa\"}", 200);
        send("PATCH /v1/kv/text", NOTHING, "{\"value\": \"c\", \"ifAbsent\": true}", 412);
        for (int attempt = 1; attempt <= 2; attempt++) {
            send(counter, Map.of(IDEMPOTENCY_KEY, "add"), "{\"add\": \"1\"}", 200);
            send(counter, Map.of(IDEMPOTENCY_KEY, "too much"), "{\"add\": \"1\", \"max\": \"0\"}", 412);
        }
        send(counter, Map.of(IDEMPOTENCY_KEY, "add"), "{\"add\": \"2\"}", 422);
        assertEquals("8", send("GET /v1/kv/counter", NOTHING, "", 200).bodyAsString());
    }

    @Test
    void rangesOfKeys() {
        for (String key : List.of("r/1", "r/2", "r/3", "r/%ff")) {
            send("PUT /v1/kv/" + key, Map.of("Content-Type", "text/plain"), "value", 201);
        }
        String first = "/v1/kv?prefix=r/&start=r/1&end=r0&limit=2&reverse=false&values=true";
        String next = send("GET " + first + "&consistency=quorum&timeout=5s&explain=1", NOTHING, "", 200)
                .bodyAsJsonObject()
                .getString("next");
        send("GET " + first + "&cursor=" + next, NOTHING, "", 200);
        send("HEAD " + first + "&consistency=quorum&timeout=5s&explain=1&cursor=" + next, NOTHING, "", 200);
        send("GET /v1/kv?prefix=r/&reverse=true&values=false", NOTHING, "", 200);
        Map<String, String> lines = Map.of("Accept", "application/x-ndjson");
        assertEquals(
                "application/x-ndjson",
                send("HEAD /v1/kv?prefix=r/", lines, "", 200).getHeader("Content-Type"));
        assertEquals(
                5,
                send("GET /v1/kv?prefix=r/", lines, "", 200)
                        .bodyAsString()
                        .lines()
                        .count());
    }

    @Test
    void batches() {
        String body = """
            {"operations": [
              {"op": "put", "key": "batch", "value": "1", "contentType": "text/plain", "ttl": "1h"},
              {"op": "get", "key": "batch"}, {"op": "put", "key64": "/w==", "value64": "/w=="},
              {"op": "get", "key64": "/w=="}, {"op": "delete", "key": "batch"}, {"op": "get", "key": "batch"}]}
            """;
        send("POST /v1/batch?consistency=linearizable&timeout=5s", NOTHING, body, 200);
        send("POST /v1/batch", NOTHING, "{\"operations\": [{\"op\": \"add\"}]}", 400);
        send("POST /v1/batch", Map.of("Content-Encoding", "gzip"), body, 415);
        send("POST /v1/batch", NOTHING, " ".repeat((4 << 20) + 1), 413);
    }

    @Test
    void writesThatAreSentAgain() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            send("PUT /v1/kv/again?ttl=1h", Map.of(IDEMPOTENCY_KEY, "put"), "1", 201);
            send("PUT /v1/kv/again", Map.of(IDEMPOTENCY_KEY, "if", "If-None-Match", "*"), "2", 412);
            send("DELETE /v1/kv/again?explain=1", Map.of(IDEMPOTENCY_KEY, "explained"), "", 200);
            send("DELETE /v1/kv/again", Map.of(IDEMPOTENCY_KEY, "delete"), "", 204);
        }
        send("PUT /v1/kv/again", Map.of(IDEMPOTENCY_KEY, "put"), "another", 422);
        send("DELETE /v1/kv/again", Map.of(IDEMPOTENCY_KEY, "put"), "", 422);
        for (String known : List.of("put", "if", "delete")) {
            send("GET /v1/requests/" + known + "?key=again", NOTHING, "", 200);
        }
        send("GET /v1/requests/never-sent?key=again&timeout=5s", NOTHING, "", 404);
    }

    @Test
    void batchesThatAreSentAgain() {
        String body = """
            {"operations": [
              {"op": "put", "key": "many", "value": "1"}, {"op": "get", "key": "many"},
              {"op": "put", "key": "many", "value": "1", "idempotencyKey": "own"}, {"op": "delete", "key": "many"}]}
            """;
        for (int attempt = 1; attempt <= 2; attempt++) {
            send("POST /v1/batch", Map.of(IDEMPOTENCY_KEY, "batch"), body, 200);
        }
        send("POST /v1/batch", NOTHING, body.replace("\"1\"", "\"2\""), 200);
        send("GET /v1/requests/batch?key=many&operation=1", NOTHING, "", 200);
        send("GET /v1/requests/own?key=many", NOTHING, "", 200);
    }

    @Test
    void theConsole() {
        for (String method : List.of("GET", "HEAD")) {
            for (String file : List.of("/", "/console/js/main.js", "/console/icon.svg")) {
                String tag = send(method + " " + file, NOTHING, "", 200).getHeader("ETag");
                send(method + " " + file, Map.of("If-None-Match", tag), "", 304);
            }
            send(method + " /console/no-such-file", NOTHING, "", 404);
        }
    }

    @Test
    void sessionsOfAClusterWithoutAnAccessFile() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        String body = "{\"token\": \"qrt_\"}";
        send("GET /v1/session", NOTHING, "", 200);
        send("POST /v1/session", json, body, 409);
        send("POST /v1/session", json, "{}", 400);
        send("POST /v1/session", json, " ".repeat(1_025), 413);
        send("POST /v1/session", Map.of("Content-Type", "text/plain"), body, 415);
        send("DELETE /v1/session", NOTHING, "", 204);
    }

    @Test
    void figures() {
        for (String method : List.of("GET", "HEAD")) {
            send(method + " /metrics", NOTHING, "", 200);
            send(method + " /metrics", Map.of("Accept", "application/openmetrics-text"), "", 200);
        }
    }

    @Test
    void events() throws IOException, InterruptedException {
        try (StreamOfEvents stream = StreamOfEvents.open(one().httpPort())) {
            send("GET /v1/kv/watched", NOTHING, "", 404);
            exercise.judge("GET /v1/events", NOTHING, stream.readUntil("hello", "cluster", "request"));
        }
    }

    @Test
    void moreStreamsThanThereMayBe() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS_MAX; i++) {
                RawConnection connection = new RawConnection(one());
                connections.add(connection);
                connection.send("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertEquals(200, connection.answer().status());
            }
            send("GET /v1/events", NOTHING, "", 503);
        } finally {
            connections.forEach(OpenApiIT::close);
        }
    }

    @Test
    void faultsOfAClusterThatIsNotForThem() {
        for (String method : List.of("GET", "HEAD", "POST")) {
            send(method + " " + FAULTS, NOTHING, "", 404);
        }
    }

    @Test
    void faults(@TempDir Path folder) {
        RealCluster cluster = RealCluster.in(folder.resolve("home"), 2);
        try {
            cluster.runToSuccess("start", "--faults");
            int httpPort = cluster.httpPort(1);
            document.operations().stream()
                    .filter(operation -> operation.template().equals(FAULTS))
                    .forEach(operation -> allowsWhatIsDocumented(operation, httpPort));
            for (String request : List.of("GET /v1/cluster", "GET " + FAULTS, "HEAD " + FAULTS)) {
                exercise.send(httpPort, request, NOTHING, "", 200);
            }
            inject(httpPort, "{\"fault\": \"slow\", \"node\": \"n2\", \"ms\": 1}", 200);
            inject(httpPort, "{\"fault\": \"explode\"}", 400);
            inject(httpPort, " ".repeat(4097), 413);
            exercise.send(httpPort, "POST " + FAULTS, Map.of("Content-Type", "text/plain"), "{}", 415);
            exercise.send(httpPort, "POST " + FAULTS, Map.of("Host", "example.org"), "{}", 403);
            inject(httpPort, "{\"fault\": \"kill\", \"node\": \"n2\"}", 200);
            inject(httpPort, "{\"fault\": \"pause\", \"node\": \"n2\"}", 409);
        } finally {
            cluster.run("wipe", "--yes");
        }
    }

    private static void inject(int httpPort, String fault, int status) {
        exercise.send(httpPort, "POST " + FAULTS, Map.of("Content-Type", "application/json"), fault, status);
    }

    @Test
    void theClusterAndItsNodes() {
        for (String method : List.of("GET", "HEAD")) {
            send(method + " /v1/cluster", NOTHING, "", 200);
            send(method + " /v1/cluster", Map.of("Accept", "text/plain"), "", 200);
            send(method + " /v1/convergence", NOTHING, "", 200);
            send(method + " /v1/convergence?surplus=1", NOTHING, "", 400);
            send(method + " /v1/nodes/n2", NOTHING, "", 200);
            send(method + " /v1/nodes/n9", NOTHING, "", 404);
            send(method + " /health/live", NOTHING, "", 200);
            send(method + " /health/ready", NOTHING, "", 200);
            send(method + " /v1/keys/nobody/replicas", NOTHING, "", 200);
            send("PUT /v1/kv/held/" + method + "?ttl=1h", NOTHING, "1", 201);
            send(method + " /v1/keys/held/" + method + "/replicas?timeout=5s", NOTHING, "", 200);
        }
    }

    @Test
    void checkpoints() {
        send("POST /v1/nodes/n1/checkpoint?name=first", NOTHING, "", 201);
        send("POST /v1/nodes/n1/checkpoint?name=first", NOTHING, "", 409);
        send("POST /v1/nodes/n2/checkpoint?name=first", NOTHING, "", 421);
        send("POST /v1/nodes/n1/checkpoint", NOTHING, "", 400);
        send("GET /v1/nodes/n1/checkpoints", NOTHING, "", 200);
        send("GET /v1/nodes/n1/checkpoints?name=first", NOTHING, "", 400);
        send("GET /v1/nodes/n2/checkpoints", NOTHING, "", 421);
        send("DELETE /v1/nodes/n1/checkpoint", NOTHING, "", 400);
        send("DELETE /v1/nodes/n2/checkpoint?name=first", NOTHING, "", 421);
        send("DELETE /v1/nodes/n1/checkpoint?name=first", NOTHING, "", 204);
        send("DELETE /v1/nodes/n1/checkpoint?name=first", NOTHING, "", 404);
    }

    @Test
    void convergence() {
        send("POST /v1/convergence/hurry", NOTHING, "", 202);
        int withoutAStore = CLUSTER.startCoordinator("front").httpPort();
        exercise.send(withoutAStore, "POST /v1/convergence/hurry", NOTHING, "", 421);
    }

    @Test
    void theDocumentItself() {
        for (String method : List.of("GET", "HEAD")) {
            for (String file : List.of("/openapi.yaml", "/openapi.json")) {
                String tag = send(method + " " + file, Map.of("If-None-Match", "\"another\""), "", 200)
                        .getHeader("ETag");
                send(method + " " + file, Map.of("If-None-Match", tag), "", 304);
            }
        }
        assertEquals(
                document.root(),
                ApiDocument.parse(send("GET /openapi.json", NOTHING, "", 200)
                                .body()
                                .getBytes())
                        .root());
    }

    @Test
    void requestsThatAreWrong() {
        for (ApiOperation operation : operationsOfAnyCluster()) {
            if (operation.statuses().contains("400")) {
                send(operation.method() + " " + pathOf(operation, "k") + "?nonsense=1", NOTHING, "", 400);
            }
            if (operation.statuses().contains("414")) {
                send(operation.method() + " " + pathOf(operation, "k".repeat(4097)), NOTHING, "", 414);
            }
        }
        send("PUT /v1/kv/long", NOTHING, "v".repeat((1 << 20) + 1), 413);
        send("PUT /v1/kv/zipped", Map.of("Content-Encoding", "gzip"), "", 415);
    }

    /** The document says so for all paths at once. */
    @Test
    void methodsAndPathsThatAreNotThere() {
        for (ApiOperation operation : operationsOfAnyCluster()) {
            allowsWhatIsDocumented(operation, one().httpPort());
        }
        KvClient.problem(plain("GET", "/v2"));
        assertEquals(404, plain("GET", "/v2").statusCode());
    }

    private static void allowsWhatIsDocumented(ApiOperation operation, int httpPort) {
        Set<String> documented = document.operations().stream()
                .filter(other -> other.template().equals(operation.template()))
                .map(other -> other.method().name())
                .collect(Collectors.toCollection(TreeSet::new));
        documented.add("OPTIONS");
        HttpResponse<Buffer> answer = plain("PROPFIND", httpPort, pathOf(operation, "k"));
        assertEquals(405, answer.statusCode(), operation::template);
        assertEquals(documented, new TreeSet<>(List.of(answer.getHeader("Allow").split(", "))));
        KvClient.problem(answer);
        HttpResponse<Buffer> options = plain("OPTIONS", httpPort, pathOf(operation, "k"));
        assertEquals(204, options.statusCode(), operation::template);
        assertEquals(answer.getHeader("Allow"), options.getHeader("Allow"));
    }

    /** What is not for clusters only that were started for faults. */
    private static List<ApiOperation> operationsOfAnyCluster() {
        return document.operations().stream()
                .filter(operation -> !operation.template().equals(FAULTS))
                .toList();
    }

    /** The document says so for all paths at once. */
    @Test
    void pagesOfMembersAndOfStrangers() {
        String member = "http://localhost:" + CLUSTER.node(2).httpPort();
        send("GET /v1/cluster", Map.of("Origin", member), "", 200);
        send("PUT /v1/kv/from/a/page", Map.of("Origin", member), "1", 201);
        HttpResponse<Buffer> preflight = CLUSTER.client()
                .send(CLUSTER.client()
                        .request(HttpMethod.OPTIONS, one().httpPort(), "/v1/kv/k")
                        .putHeader("Origin", member)
                        .putHeader("Access-Control-Request-Method", "PUT"));
        assertEquals(204, preflight.statusCode());
        assertEquals(member, preflight.getHeader("Access-Control-Allow-Origin"));

        String stranger = "http://example.org";
        assertNull(
                send("GET /v1/cluster", Map.of("Origin", stranger), "", 200).getHeader("Access-Control-Allow-Origin"));
        for (String change : List.of("PUT /v1/kv/k", "DELETE /v1/kv/k", "POST /v1/batch")) {
            assertEquals(403, exercise.statusOf(one().httpPort(), change, Map.of("Origin", stranger)), change);
        }
    }

    @Test
    void whatTheHttpLayerRefuses() {
        HttpResponse<Buffer> line = plain("GET", "/v1/kv/k?" + "x".repeat(36 << 10));
        HttpResponse<Buffer> headers = CLUSTER.client()
                .send(CLUSTER.client()
                        .request(HttpMethod.GET, one().httpPort(), "/v1/kv/k")
                        .putHeader("X-Long", "x".repeat(8 << 10)));
        assertEquals(List.of(414, 431), List.of(line.statusCode(), headers.statusCode()));
        KvClient.problem(line);
        KvClient.problem(headers);
    }

    @Test
    void aReplicaThatDoesNotAnswer() {
        CLUSTER.node(3).pause();
        try {
            for (String method : List.of("PUT", "DELETE")) {
                send(method + " /v1/kv/unknown?consistency=all&timeout=1s", NOTHING, "", 504);
            }
            for (String read : List.of("GET /v1/kv/k", "HEAD /v1/kv/k", "GET /v1/kv", "HEAD /v1/kv")) {
                send(read + "?consistency=all&timeout=200ms", NOTHING, "", 503);
            }
            for (String method : List.of("GET", "HEAD")) {
                send(method + " /v1/slow", NOTHING, "", 200);
                send(method + " /v1/history", NOTHING, "", 200);
                send(method + " /v1/configuration", NOTHING, "", 200);
            }
            send("GET /v1/keys/unknown/replicas?timeout=200ms", NOTHING, "", 200);
        } finally {
            CLUSTER.node(3).resume();
        }
    }

    @Test
    void tooFewThatAnswer() {
        CLUSTER.node(2).pause();
        CLUSTER.node(3).pause();
        try {
            for (String method : List.of("PUT", "DELETE")) {
                send(method + " /v1/kv/refused?timeout=200ms", NOTHING, "", 503);
                send(method + " /v1/kv/refused?timeout=200ms", Map.of(IDEMPOTENCY_KEY, "1"), "", 503);
                takingTurns(method);
            }
            send("PATCH /v1/kv/refused?timeout=200ms", NOTHING, "{\"add\": \"1\"}", 503);
            send("GET /v1/requests/1?key=refused&timeout=200ms", NOTHING, "", 503);
            tooMuchInFlight();
        } finally {
            CLUSTER.node(2).resume();
            CLUSTER.node(3).resume();
        }
        await().until(() -> exercise.statusOf(one().httpPort(), "GET /v1/kv/nobody", NOTHING) == 404);
    }

    /** A conditional write whose time is up while another one on its key waits for its replicas. */
    private static void takingTurns(String method) {
        Map<String, String> condition = Map.of("If-None-Match", "\"1.1.1.0\"");
        Future<HttpResponse<Buffer>> first =
                exercise.begin(one().httpPort(), method + " /v1/kv/turns?timeout=2s", condition, "");
        await().until(() ->
                exercise.statusOf(one().httpPort(), method + " /v1/kv/turns?timeout=20ms", condition) == 409);
        send(method + " /v1/kv/turns?timeout=20ms", condition, "", 409);
        await().until(first::isComplete);
    }

    /** More batches at a time than it takes, of gets without an answer. */
    private static void tooMuchInFlight() {
        String get = "{\"op\": \"get\", \"key\": \"k\"}";
        List<String> gets = new ArrayList<>();
        for (int i = 0; i < OF_ONE_BATCH; i++) {
            gets.add(get.replace("\"k\"", "\"k" + i + "\""));
        }
        String batch = "{\"operations\": [" + String.join(",", gets) + "]}";
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < OPERATIONS_IN_FLIGHT_MAX / OF_ONE_BATCH; i++) {
                connections.add(sendBatch(batch));
            }
            await().until(() -> {
                connections.add(sendBatch(batch));
                return exercise.statusOf(one().httpPort(), "GET /v1/kv/k?timeout=10ms", NOTHING) == 429;
            });
            for (String request : List.of("GET /v1/kv/k", "HEAD /v1/kv/k", "PUT /v1/kv/k", "DELETE /v1/kv/k")) {
                send(request, NOTHING, "", 429);
            }
            send("PATCH /v1/kv/k", NOTHING, "{\"add\": \"1\"}", 429);
            for (String request : List.of("/v1/kv", "/v1/keys/k/replicas")) {
                send("GET " + request, NOTHING, "", 429);
                send("HEAD " + request, NOTHING, "", 429);
            }
            send("GET /v1/requests/1?key=k", NOTHING, "", 429);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            connections.forEach(OpenApiIT::close);
        }
    }

    private static RawConnection sendBatch(String batch) throws IOException {
        RawConnection connection = new RawConnection(one());
        connection.send("POST /v1/batch?timeout=10s HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + batch.length()
                + "\r\n\r\n" + batch);
        return connection;
    }

    /** Some bodies are charged, others wait for memory, and more than may wait are refused. */
    @Test
    void tooManyBodiesOnTheirWay() {
        String batch = "{\"operations\": []}" + " ".repeat(3 << 20);
        List<RawConnection> connections = new ArrayList<>();
        try {
            await().untilAsserted(() -> {
                for (int i = 0; i < 100; i++) {
                    RawConnection connection = new RawConnection(one());
                    connections.add(connection);
                    connection.send(
                            "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (4 << 20) + "\r\n\r\n");
                }
                send("POST /v1/batch", NOTHING, batch, 429);
            });
        } finally {
            connections.forEach(OpenApiIT::close);
        }
        await().until(() -> exercise.statusOf(one().httpPort(), "PUT /v1/kv/room", NOTHING) < 300);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aNodeWithoutAQuorumIsNotReady() {
        CLUSTER.node(2).kill();
        CLUSTER.node(3).kill();
        await().atMost(Duration.ofSeconds(10)).until(() -> !CLUSTER.client().isReady(one().httpPort()));
        send("GET /health/ready", NOTHING, "", 503);
        send("HEAD /health/ready", NOTHING, "", 503);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void nothingInTheDocumentIsLeft() {
        Set<String> left = exercise.notDriven();
        assertTrue(left.containsAll(DRIVEN_ELSEWHERE.keySet()), () -> "driven here after all: " + left);
        left.removeAll(DRIVEN_ELSEWHERE.keySet());
        // This cluster has no access file: AccessMatrixTest drives these for every operation.
        left.removeIf(status -> status.endsWith(" 401") || status.endsWith(" 403"));
        assertEquals(Collections.emptySet(), left);
        assertFalse(document.operations().isEmpty());
    }

    private static LocalNode one() {
        return CLUSTER.node(1);
    }

    private static HttpResponse<Buffer> send(String request, Map<String, String> headers, String body, int status) {
        return exercise.send(one().httpPort(), request, headers, body, status);
    }

    private static HttpResponse<Buffer> plain(String method, String uri) {
        return plain(method, one().httpPort(), uri);
    }

    private static HttpResponse<Buffer> plain(String method, int httpPort, String uri) {
        return CLUSTER.client().send(CLUSTER.client().request(HttpMethod.valueOf(method), httpPort, uri));
    }

    private static String pathOf(ApiOperation operation, String key) {
        return operation
                .template()
                .replace("{key}", key)
                .replace("{idempotency-key}", "1")
                .replace("{file}", "index.html")
                .replace("{id}", "n1");
    }

    private static void close(RawConnection connection) {
        try {
            connection.reset();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
