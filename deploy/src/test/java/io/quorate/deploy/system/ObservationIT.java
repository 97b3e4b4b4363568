package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalCoordinator;
import io.quorate.deploy.cluster.Scrape;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The view of operators: metrics, the alerts and dashboard made of them, request ids and the log. */
final class ObservationIT {
    private static final Path MONITORING = Path.of("monitoring");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final Pattern METRIC = Pattern.compile("\\b(?:quorate|jvm|process|system)_[a-z0-9_]+\\b");

    /** There is none before the first pause. */
    private static final Set<String> NOT_AT_ONCE = Set.of("jvm_gc_pause_seconds_sum");

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @Test
    void operationsAreCountedByWhatTheyWereAndHowTheyEnded() {
        int port = CLUSTER.startCoordinator("counting").httpPort();
        for (int i = 0; i < 3; i++) {
            assertEquals(201, send(HttpMethod.PUT, port, "/v1/kv/counted/" + i).statusCode());
        }
        assertEquals(200, send(HttpMethod.GET, port, "/v1/kv/counted/1").statusCode());
        assertEquals(404, send(HttpMethod.GET, port, "/v1/kv/counted/9").statusCode());
        assertEquals(
                200,
                send(HttpMethod.GET, port, "/v1/kv/counted/1?consistency=one").statusCode());
        assertEquals(200, send(HttpMethod.GET, port, "/v1/kv?prefix=counted/").statusCode());
        HttpRequest<Buffer> conditional = request(HttpMethod.PUT, port, "/v1/kv/counted/1");
        conditional.putHeader("If-None-Match", "*");
        assertEquals(412, CLUSTER.client().send(conditional).statusCode());

        Scrape scrape = scrape(port);

        assertEquals(3, requests(scrape, "write", "linearizable", "ok"));
        assertEquals(2, requests(scrape, "read", "linearizable", "ok"));
        assertEquals(1, requests(scrape, "read", "one", "ok"));
        assertEquals(1, requests(scrape, "scan", "linearizable", "ok"));
        assertEquals(1, requests(scrape, "conditional_write", "linearizable", "condition_failed"));
        assertEquals(0, requests(scrape, "write", "linearizable", "unknown"));
        assertEquals(3, scrape.value("quorate_quorum_rounds_total", "phase", "store"));
        assertTrue(scrape.value("quorate_replica_answers_seconds_count", "replica", "n1", "of", "key") > 0);
        assertEquals(1, scrape.value("quorate_quorum_margin"));
    }

    @Test
    void aLostNodeShowsInTheQuorumOutcomes() {
        int port = CLUSTER.node(1).httpPort();
        double before = unreachable(scrape(port));
        CLUSTER.node(3).kill();
        CLUSTER.awaitUp(CLUSTER.node(1), 2);
        assertEquals(201, send(HttpMethod.PUT, port, "/v1/kv/without/n3").statusCode());

        Scrape scrape = scrape(port);

        CLUSTER.startAndAwaitReady(CLUSTER.node(3));
        assertEquals(before + 1, unreachable(scrape));
        assertEquals(0, scrape.value("quorate_replica_up", "replica", "n3"));
        assertEquals(1, scrape.value("quorate_replica_up", "replica", "n2"));
        assertEquals(0, scrape.value("quorate_quorum_margin"));
        await().untilAsserted(() -> assertEquals(1, scrape(port).value("quorate_quorum_margin")));
    }

    @Test
    void everyMetricIsDocumentedAndNoOtherOneIs() throws IOException {
        Set<String> documented = Files.readAllLines(MONITORING.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `quorate_"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> scraped = scrape(CLUSTER.node(1).httpPort()).families().values().stream()
                .filter(family -> family.name().startsWith("quorate_"))
                .filter(family -> !family.name().endsWith("_seconds_max"))
                .map(ObservationIT::row)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(String.join("\n", scraped), String.join("\n", documented));
    }

    @Test
    void alertsAndDashboardUseOnlyMetricsThatThereAre() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String file : List.of("alerts.yaml", "grafana-dashboard.json")) {
            Matcher metric = METRIC.matcher(Files.readString(MONITORING.resolve(file)));
            while (metric.find()) {
                used.add(metric.group());
            }
        }
        assertTrue(used.size() > 40, used::toString);

        used.removeAll(NOT_AT_ONCE);
        used.removeAll(scrape(CLUSTER.node(1).httpPort()).names());

        assertEquals(Set.of(), used);
    }

    @Test
    void prometheusMayHaveOpenMetricsAndAHeadHasNoBody() {
        int port = CLUSTER.node(2).httpPort();
        HttpRequest<Buffer> open = request(HttpMethod.GET, port, "/metrics");
        open.putHeader("Accept", "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5");

        HttpResponse<Buffer> answer = CLUSTER.client().send(open);
        HttpResponse<Buffer> head = send(HttpMethod.HEAD, port, "/metrics");

        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.getHeader("Content-Type"));
        assertTrue(answer.bodyAsString().endsWith("# EOF\n"));
        assertEquals(200, head.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", head.getHeader("Content-Type"));
        assertTrue(Integer.parseInt(head.getHeader("Content-Length")) > 10_000);
        assertEquals(405, send(HttpMethod.POST, port, "/metrics").statusCode());
    }

    @Test
    void aRequestKeepsTheNameItCameWithAndGetsOneOtherwise() {
        int port = CLUSTER.node(1).httpPort();
        HttpRequest<Buffer> traced = request(HttpMethod.GET, port, "/v1/kv/none");
        traced.putHeader("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01").putHeader("X-Request-Id", "other");
        HttpRequest<Buffer> named = request(HttpMethod.GET, port, "/nowhere");
        named.putHeader("traceparent", "00-" + TRACE + "-0000000000000000-01").putHeader("X-Request-Id", "mine-42");

        HttpResponse<Buffer> ofTrace = CLUSTER.client().send(traced);
        HttpResponse<Buffer> ofName = CLUSTER.client().send(named);
        HttpResponse<Buffer> ofNone = send(HttpMethod.GET, port, "/health/live");

        assertEquals(TRACE, ofTrace.getHeader("Quorate-Request-Id"));
        assertEquals(TRACE, KvClient.problem(ofTrace).getString("requestId"));
        assertEquals("mine-42", ofName.getHeader("Quorate-Request-Id"));
        assertEquals("mine-42", KvClient.problem(ofName).getString("requestId"));
        assertTrue(ofNone.getHeader("Quorate-Request-Id").matches("[0-9a-f]{16}"));
    }

    @Test
    void theLogMayBeJsonAndTellsOfSlowRequestsByTheirNames() {
        LocalCoordinator coordinator =
                CLUSTER.startCoordinator("json", Map.of("QUORATE_LOG_FORMAT", "json", "QUORATE_SLOW_REQUEST_MS", "1"));
        HttpRequest<Buffer> write = request(HttpMethod.PUT, coordinator.httpPort(), "/v1/kv/slow%0A%22key");
        write.putHeader("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        await().until(() -> {
            CLUSTER.client().send(write, Buffer.buffer("value"));
            return coordinator.log().contains("slow request");
        });

        List<JsonObject> lines = coordinator.log().lines().map(JsonObject::new).toList();
        JsonObject slow = lines.stream()
                .filter(line -> line.getString("message").startsWith("slow request: "))
                .findFirst()
                .orElseThrow();

        assertEquals("WARN", slow.getString("level"));
        assertEquals(TRACE, slow.getString("requestId"));
        assertEquals("write", slow.getString("operation"));
        assertEquals("slow\\x0a\\x22key", slow.getString("key"));
        assertEquals("linearizable", slow.getString("consistency"));
        assertEquals("ok", slow.getString("outcome"));
        assertTrue(slow.getLong("elapsedMs") >= 1);
        assertTrue(slow.getString("message").contains("; store n"), slow.getString("message"));
        assertTrue(slow.getString("time").endsWith("Z"));
        Instant.parse(slow.getString("time"));
    }

    @Test
    void aFormatThatThereIsNotIsRefused() {
        CommandRun run = CommandRun.of(
                Map.of("QUORATE_LOG_FORMAT", "xml"),
                List.of(Distribution.launcher().toString(), "--help"));

        assertEquals(2, run.exitCode());
        assertEquals(
                "quorate: QUORATE_LOG_FORMAT is 'xml'; allowed: text or json. Nothing was tried",
                run.output().strip());
    }

    private static String row(Scrape.Family family) {
        String labels = family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + family.name() + "` | " + family.type() + " | " + labels + " | " + family.help() + " |";
    }

    private static double requests(Scrape scrape, String operation, String level, String outcome) {
        return scrape.value(
                "quorate_requests_seconds_count", "operation", operation, "level", level, "outcome", outcome);
    }

    private static double unreachable(Scrape scrape) {
        return scrape.value("quorate_quorum_answers_total", "replica", "n3", "answer", "unreachable");
    }

    private static Scrape scrape(int port) {
        HttpResponse<Buffer> answer = send(HttpMethod.GET, port, "/metrics");
        assertEquals(200, answer.statusCode(), answer::bodyAsString);
        return new Scrape(answer.bodyAsString());
    }

    private static HttpResponse<Buffer> send(HttpMethod method, int port, String uri) {
        return CLUSTER.client().send(request(method, port, uri));
    }

    private static HttpRequest<Buffer> request(HttpMethod method, int port, String uri) {
        return CLUSTER.client().request(method, port, uri);
    }
}
