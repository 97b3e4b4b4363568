package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.audit.AuditLog;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the audit has of real requests. */
@Timeout(60)
final class AuditedRequestsTest {
    /** So many lines one caller may cause at once. */
    private static final int AT_ONCE = 100;

    private static final int LINE_BYTES_MAX = 4_096;

    private static final AccessRules RULES = new AccessRules(List.of(
            GuardedApi.entry("app", List.of("read:app/", "write:app/")),
            GuardedApi.entry("ops", List.of("operate", "observe"))));

    @TempDir
    Path folder;

    /** Stands still, unless a test moves it. */
    private volatile long nowS;

    private final Clock clock = new Clock() {
        @Override
        public long wallMs() {
            return TimeUnit.SECONDS.toMillis(nowS);
        }

        @Override
        public long monotonicNs() {
            return TimeUnit.SECONDS.toNanos(nowS);
        }
    };

    @Test
    void refusalsAndOperationsAreRecordedAndReadsAreNot() throws IOException {
        Answer[] stranger = new Answer[1];
        Recorded recorded = record(false, api -> {
            stranger[0] = api.send(HttpMethod.GET, "/v1/cluster?x=secret", Map.of(), "");
            api.send(HttpMethod.GET, "/v1/kv/app/%C3%A9", as("app"), "");
            api.send(HttpMethod.PUT, "/v1/kv/app/b", as("app"), "1");
            api.send(HttpMethod.GET, "/v1/kv/other/%FF", as("app"), "");
            api.send(HttpMethod.POST, "/v1/convergence/hurry", as("ops"), "");
            api.send(HttpMethod.GET, "/v1/cluster", as("ops"), "");
        });
        List<JsonObject> lines = recorded.denials();
        assertEquals(2, lines.size(), lines::toString);
        assertEquals(401, lines.get(0).getInteger("status"));
        assertFalse(lines.get(0).containsKey("principal"));
        assertEquals("/v1/cluster", lines.get(0).getString("path"));
        assertEquals(
                stranger[0].headers().get("Quorate-Request-Id"), lines.get(0).getString("requestId"));
        assertEquals("app", lines.get(1).getString("principal"));
        assertEquals(403, lines.get(1).getInteger("status"));
        assertTrue(lines.get(1).containsKey("key64"), lines::toString);
        List<JsonObject> actions = recorded.actions();
        assertEquals(List.of("operation", "answer"), whats(actions));
        assertEquals("ops", actions.get(0).getString("principal"));
        assertTrue(actions.get(0).getString("address").startsWith("127.0.0.1:"), actions::toString);
    }

    @Test
    void anOperationIsRecordedWithTheNameOfItsObjectAndWithItsAnswer() throws IOException {
        List<JsonObject> lines = record(false, api -> {
                    api.send(HttpMethod.DELETE, "/v1/nodes/other/checkpoint?name=monday", as("ops"), "");
                    api.send(HttpMethod.DELETE, "/v1/nodes/other/checkpoint?token=secret", as("ops"), "");
                })
                .actions();

        assertEquals(List.of("operation", "answer", "operation", "answer"), whats(lines));
        assertEquals("monday", lines.get(0).getString("name"));
        assertEquals(421, lines.get(1).getInteger("status"));
        assertEquals(lines.get(0).getString("requestId"), lines.get(1).getString("requestId"));
        assertEquals(400, lines.get(3).getInteger("status"));
        assertFalse(lines.toString().contains("secret"), lines::toString);
    }

    private static List<String> whats(List<JsonObject> lines) {
        return lines.stream().map(line -> line.getString("what")).toList();
    }

    /** Otherwise a principal with any grant could erase the audit. */
    @Test
    void refusalsPushOutNoOperationAndNobodyElsesRefusal() throws IOException {
        int refused = AT_ONCE + 50;
        Recorded recorded = record(false, api -> {
            api.send(HttpMethod.POST, "/v1/convergence/hurry", as("ops"), "");
            for (int i = 0; i < refused; i++) {
                api.send(HttpMethod.GET, "/v1/kv/other", as("app"), "");
                api.send(HttpMethod.POST, "/v1/convergence/hurry", as("ops"), "");
            }
            api.send(HttpMethod.GET, "/v1/kv/other", as("ops"), "");
            nowS = 1;
            api.send(HttpMethod.GET, "/v1/kv/other", as("app"), "");
        });

        assertEquals(2 * (refused + 1), recorded.actions().size());
        List<JsonObject> denials = recorded.denials();
        assertEquals(50, recorded.dropped());
        assertEquals(AT_ONCE + 2, denials.size());
        assertEquals("ops", denials.get(AT_ONCE).getString("principal"));
        JsonObject afterTheGap = denials.get(AT_ONCE + 1);
        assertEquals(50, afterTheGap.getInteger("droppedBefore"));
        assertEquals("app", afterTheGap.getString("principal"));
    }

    @Test
    void loginsPushOutNoOperation() throws IOException {
        Recorded recorded = record(false, api -> {
            for (int i = 0; i < AT_ONCE + 7; i++) {
                logIn(api, GuardedApi.tokenOf("app"));
            }
            logIn(api, GuardedApi.tokenOf("ops"));
        });

        assertEquals(AT_ONCE + 1, recorded.actions().size());
        assertEquals(7, recorded.dropped());
    }

    @Test
    void aLineIsShortHoweverLongTheKey() throws IOException {
        for (String octet : List.of("%FF", "%01")) {
            String path = "/v1/kv/" + octet.repeat(1_300);
            List<JsonObject> lines = record(false, api -> api.send(HttpMethod.GET, path, as("app"), ""))
                    .denials();

            assertEquals(1_300, lines.get(0).getInteger("keyBytes"));
            assertEquals(path.substring(0, 256) + "...", lines.get(0).getString("path"));
            assertTrue(lines.get(0).containsKey(octet.equals("%FF") ? "keyStart64" : "keyStart"), lines::toString);
            assertTrue(lines.get(0).encode().length() <= LINE_BYTES_MAX, lines::toString);
        }
    }

    @Test
    void aLoginFromAnAddressWhereTooManyFailedIsRecorded() throws IOException {
        List<JsonObject> lines = record(false, api -> {
                    for (int i = 0; i < 11; i++) {
                        logIn(api, "qrt_mistyped");
                    }
                })
                .denials();

        assertEquals(429, lines.get(10).getInteger("status"));
        assertEquals("/v1/session", lines.get(10).getString("path"));
    }

    @Test
    void writesAreRecordedByChoiceThoseOfABatchOneByOne() throws IOException {
        Recorded recorded = record(true, api -> {
            api.send(HttpMethod.PUT, "/v1/kv/app/a", as("app"), "1");
            api.send(HttpMethod.DELETE, "/v1/kv/app/b", as("app"), "");
            api.send(HttpMethod.POST, "/v1/batch", as("app"), """
                {"operations": [{"op": "get", "key": "app/x"}, {"op": "put", "key": "app/c", "value": "1"},
                  {"op": "delete", "key": "app/d"}]}
                """);
        });
        List<JsonObject> lines = recorded.writes();
        assertEquals(
                List.of("app/a", "app/b", "app/c", "app/d"),
                lines.stream().map(line -> line.getString("key")).toList());
        assertTrue(lines.stream().allMatch(line -> line.getString("what").equals("write")), lines::toString);
    }

    @Test
    void refusalsBeforeTheRouteAreRecordedToo() throws IOException {
        String end = "\r\nConnection: close\r\n\r\n";
        Recorded recorded = record(false, api -> {
            api.send(HttpMethod.GET, "/v1/kv/app/a", Map.of("Host", "evil.example"), "");
            api.send(HttpMethod.GET, "/v1/kv/app/b?x=secret", Map.of("Sec-Fetch-Site", "cross-site"), "");
            api.send(HttpMethod.GET, "/v1/kv/app/c", Map.of("Sec-Fetch-Dest", "script", "Sec-Fetch-Site", "none"), "");
            api.sendRaw("GET v1/kv/app/d?x=secret HTTP/1.1\r\nHost: localhost" + end);
            api.sendRaw("GET /v1/kv/app/e HTTP/1.1\r\nHost: localhost\r\nHost: localhost" + end);
            api.sendRaw("GET / HTTP/1.1\r\nno header" + end);
            api.sendRawToAdmin("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip" + end);
        });
        List<JsonObject> lines = recorded.denials();
        assertEquals(
                List.of(
                        "403 /v1/kv/app/a",
                        "403 /v1/kv/app/b",
                        "403 /v1/kv/app/c",
                        "400 v1/kv/app/d",
                        "400 /v1/kv/app/e",
                        "400 /",
                        "400 /"),
                lines.stream()
                        .map(line -> line.getInteger("status") + " " + line.getString("path"))
                        .toList());
        assertTrue(lines.stream().noneMatch(line -> line.containsKey("principal")), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.getString("what").equals("denied")), lines::toString);
    }

    @Test
    void theLongPathOfAStrangerIsCut() throws IOException {
        String path = "/v1/kv/" + "a".repeat(1_000);
        List<JsonObject> lines = record(false, api -> api.send(HttpMethod.GET, path, Map.of(), ""))
                .denials();

        assertEquals(path.substring(0, 256) + "...", lines.get(0).getString("path"));
    }

    @Test
    void theLongMethodOfAStrangerIsCut() throws IOException {
        String method = "M".repeat(3_000);
        List<JsonObject> lines = record(
                        false,
                        api -> api.sendRaw(method + " /x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .denials();

        assertEquals(method.substring(0, 32) + "...", lines.get(0).getString("method"));
    }

    @Test
    void loginsAndLogoutsAreRecordedWithoutTheToken() throws IOException {
        Recorded recorded = record(false, api -> {
            Answer in = logIn(api, GuardedApi.tokenOf("app"));
            String cookie = in.headers().get("Set-Cookie").replaceFirst(";.*", "");
            Map<String, String> browser = Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin");
            api.send(HttpMethod.GET, "/v1/session", browser, "");
            logIn(api, "qrt_mistyped");
            api.send(HttpMethod.GET, "/v1/kv/other", browser, "");
            api.send(HttpMethod.DELETE, "/v1/session", browser, "");
            api.send(HttpMethod.DELETE, "/v1/session", Map.of(), "");
        });
        assertEquals(List.of("login app", "logout app"), whatAndWho(recorded.actions()));
        List<JsonObject> lines = recorded.denials();
        assertEquals(List.of("denied null", "denied app"), whatAndWho(lines));
        assertEquals(401, lines.get(0).getInteger("status"));
        assertEquals("POST", lines.get(0).getString("method"));
        assertFalse(lines.toString().contains("mistyped"), lines::toString);
        assertFalse(lines.toString().contains("token of"), lines::toString);
    }

    private static List<String> whatAndWho(List<JsonObject> lines) {
        return lines.stream()
                .map(line -> line.getString("what") + " " + line.getString("principal"))
                .toList();
    }

    private static Answer logIn(GuardedApi api, String token) {
        return api.send(
                HttpMethod.POST,
                "/v1/session",
                Map.of("Content-Type", "application/json"),
                "{\"token\": \"" + token + "\"}");
    }

    private interface Requests {
        void sendTo(GuardedApi api) throws IOException;
    }

    /** The lines of the three files. */
    private record Recorded(
            List<JsonObject> actions, List<JsonObject> denials, List<JsonObject> writes, long dropped) {}

    private Recorded record(boolean withWrites, Requests requests) throws IOException {
        Path path = Files.createTempDirectory(folder, "").resolve("audit.log");
        AuditLog log = new AuditLog(path, 1 << 20, 1, withWrites, new NodeId("n1"), clock);
        log.start(task -> new Thread(task, "audit").start());
        try (GuardedApi api = new GuardedApi(GuardedApi.control(RULES, log))) {
            requests.sendTo(api);
        }
        log.close();
        return new Recorded(
                lines(path),
                lines(path.resolveSibling("audit.log.denied")),
                withWrites ? lines(path.resolveSibling("audit.log.writes")) : List.of(),
                log.dropped());
    }

    private static List<JsonObject> lines(Path path) throws IOException {
        return Files.readAllLines(path).stream().map(JsonObject::new).toList();
    }

    private static Map<String, String> as(String who) {
        return Map.of("Authorization", "Bearer " + GuardedApi.tokenOf(who));
    }
}
