package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the audit has of real requests. */
@Timeout(60)
final class AuditedRequestsTest {
    private static final AccessRules RULES = new AccessRules(List.of(
            GuardedApi.entry("app", List.of("read:app/", "write:app/")),
            GuardedApi.entry("ops", List.of("operate", "observe"))));

    @TempDir
    Path folder;

    @Test
    void refusalsAndOperationsAreRecordedAndReadsAreNot() throws IOException {
        Answer[] stranger = new Answer[1];
        List<JsonObject> lines = lines(false, api -> {
            stranger[0] = api.send(HttpMethod.GET, "/v1/cluster?x=secret", Map.of(), "");
            api.send(HttpMethod.GET, "/v1/kv/app/%C3%A9", as("app"), "");
            api.send(HttpMethod.PUT, "/v1/kv/app/b", as("app"), "1");
            api.send(HttpMethod.GET, "/v1/kv/other/%FF", as("app"), "");
            api.send(HttpMethod.POST, "/v1/convergence/hurry", as("ops"), "");
            api.send(HttpMethod.GET, "/v1/cluster", as("ops"), "");
        });
        assertEquals(3, lines.size(), lines::toString);
        assertEquals(401, lines.get(0).getInteger("status"));
        assertFalse(lines.get(0).containsKey("principal"));
        assertEquals("/v1/cluster", lines.get(0).getString("path"));
        assertEquals(
                stranger[0].headers().get("Quorate-Request-Id"), lines.get(0).getString("requestId"));
        assertEquals("app", lines.get(1).getString("principal"));
        assertEquals(403, lines.get(1).getInteger("status"));
        assertTrue(lines.get(1).containsKey("key64"), lines::toString);
        assertEquals("operation", lines.get(2).getString("what"));
        assertEquals("ops", lines.get(2).getString("principal"));
        assertTrue(lines.get(2).getString("address").startsWith("127.0.0.1:"), lines::toString);
    }

    @Test
    void writesAreRecordedByChoiceThoseOfABatchOneByOne() throws IOException {
        List<JsonObject> lines = lines(true, api -> {
            api.send(HttpMethod.PUT, "/v1/kv/app/a", as("app"), "1");
            api.send(HttpMethod.DELETE, "/v1/kv/app/b", as("app"), "");
            api.send(HttpMethod.POST, "/v1/batch", as("app"), """
                {"operations": [{"op": "get", "key": "app/x"}, {"op": "put", "key": "app/c", "value": "1"},
                  {"op": "delete", "key": "app/d"}]}
                """);
        });
        assertEquals(
                List.of("app/a", "app/b", "app/c", "app/d"),
                lines.stream().map(line -> line.getString("key")).toList());
        assertTrue(lines.stream().allMatch(line -> line.getString("what").equals("write")), lines::toString);
    }

    @Test
    void refusalsBeforeTheRouteAreRecordedToo() throws IOException {
        String end = "\r\nConnection: close\r\n\r\n";
        List<JsonObject> lines = lines(false, api -> {
            api.send(HttpMethod.GET, "/v1/kv/app/a", Map.of("Host", "evil.example"), "");
            api.send(HttpMethod.GET, "/v1/kv/app/b?x=secret", Map.of("Sec-Fetch-Site", "cross-site"), "");
            api.send(HttpMethod.GET, "/v1/kv/app/c", Map.of("Sec-Fetch-Dest", "script", "Sec-Fetch-Site", "none"), "");
            api.sendRaw("GET v1/kv/app/d?x=secret HTTP/1.1\r\nHost: localhost" + end);
            api.sendRaw("GET /v1/kv/app/e HTTP/1.1\r\nHost: localhost\r\nHost: localhost" + end);
            api.sendRaw("GET / HTTP/1.1\r\nno header" + end);
            api.sendRawToAdmin("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip" + end);
        });
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
        List<JsonObject> lines = lines(false, api -> api.send(HttpMethod.GET, path, Map.of(), ""));

        assertEquals(path.substring(0, 256) + "...", lines.get(0).getString("path"));
    }

    @Test
    void theLongMethodOfAStrangerIsCut() throws IOException {
        String method = "M".repeat(3_000);
        List<JsonObject> lines = lines(
                false, api -> api.sendRaw(method + " /x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));

        assertEquals(method.substring(0, 32) + "...", lines.get(0).getString("method"));
    }

    @Test
    void loginsAndLogoutsAreRecordedWithoutTheToken() throws IOException {
        List<JsonObject> lines = lines(false, api -> {
            Answer in = logIn(api, GuardedApi.tokenOf("app"));
            String cookie = in.headers().get("Set-Cookie").replaceFirst(";.*", "");
            Map<String, String> browser = Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin");
            api.send(HttpMethod.GET, "/v1/session", browser, "");
            logIn(api, "qrt_mistyped");
            api.send(HttpMethod.GET, "/v1/kv/other", browser, "");
            api.send(HttpMethod.DELETE, "/v1/session", browser, "");
            api.send(HttpMethod.DELETE, "/v1/session", Map.of(), "");
        });
        assertEquals(
                List.of("login app", "denied null", "denied app", "logout app"),
                lines.stream()
                        .map(line -> line.getString("what") + " " + line.getString("principal"))
                        .toList());
        assertEquals(401, lines.get(1).getInteger("status"));
        assertEquals("POST", lines.get(1).getString("method"));
        assertFalse(lines.toString().contains("mistyped"), lines::toString);
        assertFalse(lines.toString().contains("token of"), lines::toString);
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

    private List<JsonObject> lines(boolean withWrites, Requests requests) throws IOException {
        Path path = folder.resolve("audit.log");
        AuditLog log = new AuditLog(path, 1 << 20, 1, withWrites, new NodeId("n1"), SystemClock.INSTANCE);
        try (GuardedApi api = new GuardedApi(GuardedApi.control(RULES, log))) {
            requests.sendTo(api);
        }
        log.close();
        log.write();
        assertEquals(0, log.dropped());
        return Files.readAllLines(path).stream().map(JsonObject::new).toList();
    }

    private static Map<String, String> as(String who) {
        return Map.of("Authorization", "Bearer " + GuardedApi.tokenOf(who));
    }
}
