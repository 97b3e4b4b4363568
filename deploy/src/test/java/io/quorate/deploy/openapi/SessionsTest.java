package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a browser logs in and out, and how long its session is good for. */
@Timeout(60)
final class SessionsTest {
    private static final String SESSION = "/v1/session";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> NOTHING = Map.of();
    private static final int FAILURES_AT_ONCE = 10;

    private final AccessControl control = GuardedApi.control(rules("observe", "write:app/"));
    private ApiDocument document;
    private GuardedApi api;

    private static AccessRules rules(String... grants) {
        return new AccessRules(List.of(GuardedApi.entry("ann", List.of(grants)), GuardedApi.entry("bob", List.of())));
    }

    @BeforeEach
    void start() throws IOException {
        api = new GuardedApi(control);
        try (InputStream in = SessionsTest.class.getResourceAsStream("/openapi.yaml")) {
            document = ApiDocument.parse(in.readAllBytes());
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer send(HttpMethod method, String uri, Map<String, String> headers, String body) {
        Answer answer = api.send(method, uri, headers, body);
        document.operation(method, uri).check("", answer);
        return answer;
    }

    private Answer logIn(String token) {
        return send(
                HttpMethod.POST,
                SESSION,
                JSON,
                new JsonObject().put("token", token).encode());
    }

    /** The cookie as a browser sends it back. */
    private String session(String who) {
        return logIn(GuardedApi.tokenOf(who)).headers().get("Set-Cookie").replaceFirst(";.*", "");
    }

    private int statusOf(HttpMethod method, String uri, String cookie) {
        return api.send(method, uri, Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin"), "")
                .status();
    }

    @Test
    void aBrowserThatLogsInIsWhoItsTokenSays() {
        String cookie = session("ann");
        Answer who = send(HttpMethod.GET, SESSION, Map.of("Cookie", cookie), "");
        JsonObject said = new JsonObject(who.body());
        assertEquals("ann", said.getString("name"));
        assertEquals("session", said.getString("by"));
        assertEquals(
                List.of("observe", "write:app/"), said.getJsonArray("grants").getList());
        assertTrue(said.containsKey("endsAt"));
        assertFalse(cookie.contains("token"), "the cookie does not show the token");
        assertNotEquals(cookie, session("ann"), "no two sessions are alike");
        assertEquals(200, statusOf(HttpMethod.GET, "/v1/cluster", cookie));
        assertEquals(503, statusOf(HttpMethod.PUT, "/v1/kv/app/a", cookie), "the only replica is down");
        assertEquals(403, statusOf(HttpMethod.PUT, "/v1/kv/else", cookie));
    }

    @Test
    void thePageShowsWhoABrowserIsAsANodeSaysIt() throws IOException {
        control.use(rules("observe", "read:app/"));
        String shown = Files.readAllLines(Path.of("docs/http-api.md")).stream()
                .filter(line -> line.startsWith("    {\"coordinator\""))
                .findFirst()
                .orElseThrow();
        JsonObject said = new JsonObject(send(HttpMethod.GET, SESSION, Map.of("Cookie", session("ann")), "")
                .body());
        assertTrue(said.containsKey("endsAt"), said::encode);
        said.put("endsAt", new JsonObject(shown).getString("endsAt"));
        assertEquals(new JsonObject(shown).encode(), said.encode());
    }

    @Test
    void aTokenAndACertificateAreNamedAsSuch() {
        Map<String, String> token = Map.of("Authorization", "Bearer " + GuardedApi.tokenOf("bob"));
        assertEquals(
                "token", new JsonObject(send(HttpMethod.GET, SESSION, token, "").body()).getString("by"));
        Map<String, String> both = new HashMap<>(token);
        both.put("Cookie", session("ann"));
        assertEquals(
                "bob", new JsonObject(send(HttpMethod.GET, SESSION, both, "").body()).getString("name"));
    }

    @Test
    void aRevokedTokenEndsItsSessionAtOnceAndANewRightHoldsAtOnce() {
        String cookie = session("ann");
        assertEquals(403, statusOf(HttpMethod.POST, "/v1/convergence/hurry", cookie));
        control.use(rules("operate"));
        assertNotEquals(403, statusOf(HttpMethod.POST, "/v1/convergence/hurry", cookie));
        assertEquals(403, statusOf(HttpMethod.GET, "/v1/cluster", cookie));
        control.use(new AccessRules(List.of(GuardedApi.entry("bob", List.of("admin")))));
        assertEquals(401, statusOf(HttpMethod.GET, "/v1/cluster", cookie));
    }

    /** Each character of a cookie counts, but for bits that Base64 ignores at its end. */
    @Test
    void aChangedCookieIsNoSession() {
        String cookie = session("ann");
        int start = cookie.indexOf('=') + 1;
        for (int i = start; i < cookie.length() - 1; i++) {
            char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cookie.substring(0, i) + other + cookie.substring(i + 1);
            assertEquals(401, statusOf(HttpMethod.GET, SESSION, changed), changed);
        }
        for (int length = start; length < cookie.length() - 1; length++) {
            assertEquals(401, statusOf(HttpMethod.GET, SESSION, cookie.substring(0, length)));
        }
        assertEquals(401, statusOf(HttpMethod.GET, SESSION, "__Host-quorate-session=" + GuardedApi.tokenOf("ann")));
        assertEquals(401, statusOf(HttpMethod.GET, SESSION, cookie + "; " + session("bob")), "one too many");
        assertEquals(200, statusOf(HttpMethod.GET, SESSION, "other=1; " + cookie));
    }

    @ParameterizedTest
    @CsvSource({
        "503, Sec-Fetch-Site, same-origin",
        "503, Origin, http://127.0.0.1:PORT",
        "403, Sec-Fetch-Site, same-site",
        "403, Sec-Fetch-Site, cross-site",
        "403, Origin, https://evil.example",
        "403, Origin, null",
        "403, X-None, 0"
    })
    void aChangeByTheCookieIsOneOfOurOwnPages(int status, String header, String value) {
        Map<String, String> headers =
                Map.of("Cookie", session("ann"), header, value.replace("PORT", Integer.toString(api.port())));
        assertEquals(
                status, api.send(HttpMethod.PUT, "/v1/kv/app/a", headers, "1").status());
        int left = api.send(HttpMethod.DELETE, SESSION, headers, "").status();
        assertEquals(status == 503 ? 204 : 403, left, "nobody else logs a browser out");
    }

    @Test
    void noOtherSiteLogsABrowserIn() {
        String body = "{\"token\": \"" + GuardedApi.tokenOf("bob") + "\"}";
        for (Map<String, String> foreign : List.of(
                Map.of("Content-Type", "application/json", "Origin", "https://evil.example"),
                Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"))) {
            Answer answer = send(HttpMethod.POST, SESSION, foreign, body);
            assertEquals(403, answer.status());
            assertFalse(answer.headers().contains("Set-Cookie"));
        }
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertEquals(
                    415,
                    send(HttpMethod.POST, SESSION, Map.of("Content-Type", type), body)
                            .status());
        }
    }

    @Test
    void loggingOutTakesTheCookieAway() {
        String cookie = session("ann");
        Answer out = send(HttpMethod.DELETE, SESSION, Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin"), "");
        assertEquals(204, out.status());
        assertTrue(out.headers().get("Set-Cookie").startsWith("__Host-quorate-session=; "));
        assertTrue(out.headers().get("Set-Cookie").endsWith("; Max-Age=0"));
        assertEquals(204, send(HttpMethod.DELETE, SESSION, NOTHING, "").status());
    }

    @Test
    void wrongLoginsAreRefusedAndTooManyOfThemForAWhile() {
        for (int i = 0; i < FAILURES_AT_ONCE; i++) {
            Answer wrong = logIn("qrt_wrong" + i);
            assertEquals(401, wrong.status());
            assertFalse(wrong.headers().contains("Set-Cookie"));
            assertFalse(wrong.body().contains("wrong"), "no answer repeats a token");
        }
        Answer refused = logIn(GuardedApi.tokenOf("ann"));
        assertEquals(429, refused.status());
        assertTrue(Integer.parseInt(refused.headers().get("Retry-After")) <= 7);
        assertEquals(FAILURES_AT_ONCE, control.unauthenticated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "[]",
                "\"qrt_secret\"",
                "{\"token\": 1}",
                "{\"token\": \"qrt_secret\", \"more\": 1}",
                "{\"more\": 1, \"token\": \"qrt_secret\"}",
                "{\"token\": \"qrt_secret\"} {}",
                "{\"token\": \"qrt_secret\"",
                "qrt_secret"
            })
    void aBodyThatIsNoLoginIsRefusedWithoutItsSecret(String body) {
        Answer answer = send(HttpMethod.POST, SESSION, JSON, body);
        assertEquals(400, answer.status());
        assertFalse(answer.body().contains("secret"), answer.body());
        assertEquals(0, control.unauthenticated());
    }
}
