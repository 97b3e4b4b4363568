package io.quorate.deploy.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quorate.common.text.PercentEncoding;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every operation of the document, by every role, with prefixes that hold the key, do not, and just do not. The table
 * below says who may do what, in words of its own. An operation that it lacks fails the test.
 */
@Timeout(300)
final class AccessMatrixTest {
    private static final Map<String, String> NOTHING = Map.of();

    /** They end at a slash, within a character of two bytes (C3 A9), and with the greatest byte. */
    private static final List<String> PREFIXES = List.of("", "in/", "%C3", "%FF");

    /** In each prefix, before it, behind it, and shorter than it. */
    private static final List<String> KEYS = List.of(
            "in/",
            "in/x",
            "in/%FF%FF",
            "in",
            "in.",
            "in0",
            "out",
            "%C3%A9",
            "%C3",
            "%C3%FF",
            "%C2%BF",
            "%C4%80",
            "%FF",
            "%FF%FF%01",
            "%FE%FF",
            "i");

    private static final List<Who> EVERYBODY = everybody();
    private static final Map<String, List<Sample>> TABLE = table();

    private static GuardedApi api;
    private static ApiDocument document;

    /** @param grants as a file has them */
    private record Who(String name, List<String> grants) {
        boolean is(String role) {
            return grants.contains(role) || grants.contains("admin");
        }

        /** Whether it has the role for a key: a grant's prefix is the beginning of the key, byte for byte. */
        boolean may(String role, String key) {
            return grants.contains("admin")
                    || prefixesOf(role).anyMatch(prefix -> bytesOf(key).startsWith(bytesOf(prefix)));
        }

        /** Whether it has the role for a range of which a person has said which prefixes hold all of it. */
        boolean mayScan(Set<String> holders) {
            return grants.contains("admin") || prefixesOf("read").anyMatch(holders::contains);
        }

        private Stream<String> prefixesOf(String role) {
            return grants.stream()
                    .filter(grant -> grant.equals(role) || grant.startsWith(role + ":"))
                    .map(grant -> grant.substring(Math.min(grant.length(), role.length() + 1)));
        }

        /** One character for each byte. */
        private static String bytesOf(String encoded) {
            return new String(PercentEncoding.decode(encoded), StandardCharsets.ISO_8859_1);
        }
    }

    /** @param needs who may send it */
    private record Sample(String uri, Map<String, String> headers, String body, Predicate<Who> needs) {
        Sample(String uri, Predicate<Who> needs) {
            this(uri, NOTHING, "", needs);
        }
    }

    private static List<Who> everybody() {
        List<Who> all = new ArrayList<>();
        for (String role : List.of("read", "write")) {
            for (String prefix : PREFIXES) {
                all.add(new Who(role + all.size(), List.of(prefix.isEmpty() ? role : role + ":" + prefix)));
            }
        }
        for (String role : List.of("observe", "operate", "admin")) {
            all.add(new Who(role, List.of(role)));
        }
        all.add(new Who("neighbours", List.of("read:in/", "read:in0", "write:in/")));
        all.add(new Who("both", List.of("read:in/", "write:in/", "observe")));
        all.add(new Who("nobody", List.of()));
        return all;
    }

    private static Map<String, List<Sample>> table() {
        Map<String, List<Sample>> table = new TreeMap<>();
        for (String method : List.of("get", "head")) {
            table.put(method + "Value", ofKeys(key -> new Sample("/v1/kv/" + key, who -> who.may("read", key))));
            table.put(
                    method + "ReplicasOfKey",
                    ofKeys(key -> new Sample("/v1/keys/" + key + "/replicas", who -> who.may("read", key))));
            observed(table, method + "Cluster", "/v1/cluster");
            observed(table, method + "Node", "/v1/nodes/n1");
            observed(table, method + "Convergence", "/v1/convergence");
            observed(table, method + "Metrics", "/metrics");
            observed(table, method + "SlowRequests", "/v1/slow");
            table.put(method + "Configuration", List.of(new Sample("/v1/configuration", who -> who.is("admin"))));
            observed(table, method + "History", "/v1/history");
            observed(table, method + "Faults", "/v1/faults");
            table.put(method + "Description", List.of(new Sample("/openapi.yaml", who -> true)));
            table.put(method + "DescriptionAsJson", List.of(new Sample("/openapi.json", who -> true)));
        }
        table.put("getSession", List.of(new Sample("/v1/session", who -> true)));
        observed(table, "watchCluster", "/v1/events");
        table.put("putValue", writes("1"));
        table.put("deleteValue", writes(""));
        table.put("changeValue", changes());
        table.put("scanKeys", scans());
        table.put("headKeys", scans());
        table.put("runBatch", batches());
        table.put("getRequest", statuses());
        table.put("hurryConvergence", operated("/v1/convergence/hurry"));
        table.put("makeCheckpoint", operated("/v1/nodes/n1/checkpoint?name=c"));
        table.put("deleteCheckpoint", operated("/v1/nodes/n1/checkpoint?name=c"));
        table.put("listCheckpoints", operated("/v1/nodes/n1/checkpoints"));
        table.put("injectFault", operated("/v1/faults"));
        return table;
    }

    /** These are for everybody, with any credentials. */
    private static final Map<String, String> ANONYMOUS = Map.of(
            "getLiveness", "/health/live",
            "headLiveness", "/health/live",
            "getReadiness", "/health/ready",
            "headReadiness", "/health/ready",
            "getConsole", "/",
            "headConsole", "/",
            "getConsoleFile", "/console/js/main.js",
            "headConsoleFile", "/console/js/main.js");

    /** By these a browser gets a session and gives it up. They too are for everybody. */
    private static final Set<String> SESSIONS = Set.of("logIn", "logOut");

    private interface OfKey {
        Sample sample(String key);
    }

    private static List<Sample> ofKeys(OfKey of) {
        return KEYS.stream().map(of::sample).toList();
    }

    private static void observed(Map<String, List<Sample>> table, String operation, String uri) {
        table.put(operation, List.of(new Sample(uri, who -> who.is("observe"))));
    }

    private static List<Sample> operated(String uri) {
        return List.of(new Sample(uri, who -> who.is("operate")));
    }

    /** A condition and an explanation show what is there. */
    private static List<Sample> writes(String body) {
        List<Sample> samples = new ArrayList<>();
        for (String key : KEYS) {
            String uri = "/v1/kv/" + key;
            Predicate<Who> writes = who -> who.may("write", key);
            Predicate<Who> both = writes.and(who -> who.may("read", key));
            samples.add(new Sample(uri, NOTHING, body, writes));
            samples.add(new Sample(uri + "?consistency=quorum&explain=0", NOTHING, body, writes));
            samples.add(new Sample(uri + "?explain=1", NOTHING, body, both));
            samples.add(new Sample(uri + "?expl%61in=1", NOTHING, body, both));
            samples.add(new Sample(uri, Map.of("If-None-Match", "*"), body, both));
            samples.add(new Sample(uri, Map.of("If-Match", "*"), body, both));
        }
        return samples;
    }

    /** The answer shows the value. */
    private static List<Sample> changes() {
        return ofKeys(key -> new Sample(
                "/v1/kv/" + key,
                Map.of("Content-Type", "application/json"),
                "{\"append\":\"x\"}",
                who -> who.may("write", key) && who.may("read", key)));
    }

    private static List<Sample> statuses() {
        List<Sample> samples =
                new ArrayList<>(ofKeys(key -> new Sample("/v1/requests/1?key=" + key, who -> who.may("read", key))));
        samples.add(new Sample("/v1/requests/1", who -> who.mayScan(Set.of(""))));
        return samples;
    }

    /** Behind each query stand the prefixes that hold all keys of its range. */
    private static List<Sample> scans() {
        Map<String, Set<String>> ranges = new HashMap<>();
        ranges.put("", Set.of(""));
        ranges.put("?prefix=in/", Set.of("", "in/"));
        ranges.put("?prefix=in/x&reverse=true", Set.of("", "in/"));
        ranges.put("?prefix=in", Set.of(""));
        ranges.put("?start=in/&end=in0", Set.of("", "in/"));
        ranges.put("?start=in/&end=in0%00", Set.of(""));
        ranges.put("?start=in/&end=in1", Set.of(""));
        ranges.put("?start=in/a", Set.of(""));
        ranges.put("?end=in0", Set.of(""));
        ranges.put("?start=in.&end=in/z", Set.of(""));
        ranges.put("?prefix=in/&start=in/b", Set.of("", "in/"));
        ranges.put("?prefix=in&start=in/&end=in0", Set.of("", "in/"));
        ranges.put("?prefix=in0", Set.of("", "in0"));
        ranges.put("?prefix=%C3", Set.of("", "%C3"));
        ranges.put("?prefix=%C3%A9", Set.of("", "%C3"));
        ranges.put("?prefix=%C2", Set.of(""));
        ranges.put("?start=%C3&end=%C4", Set.of("", "%C3"));
        ranges.put("?prefix=%FF", Set.of("", "%FF"));
        ranges.put("?start=%FF", Set.of("", "%FF"));
        ranges.put("?start=%FE", Set.of(""));
        ranges.put("?prefix=%FF%FF", Set.of("", "%FF"));
        ranges.put("?prefix=in/&cursor=no+cursor", Set.of("", "in/"));
        ranges.put("?prefix=out&cursor=no+cursor", Set.of(""));
        List<Sample> samples = new ArrayList<>();
        ranges.forEach((query, holders) -> {
            samples.add(new Sample("/v1/kv" + query, who -> who.mayScan(holders)));
            samples.add(new Sample(
                    "/v1/kv" + query, Map.of("Accept", "application/x-ndjson"), "", who -> who.mayScan(holders)));
        });
        return samples;
    }

    private static List<Sample> batches() {
        List<Sample> samples = new ArrayList<>();
        for (String key : KEYS) {
            samples.add(batch(who -> who.may("read", key), "get " + key));
            samples.add(batch(who -> who.may("write", key), "put " + key));
            samples.add(batch(who -> who.may("write", key), "delete " + key));
            samples.add(batch(who -> who.may("read", key) && who.may("write", key), "get " + key, "put " + key));
            samples.add(batch(who -> who.may("write", "in/x") && who.may("write", key), "put in/x", "put " + key));
        }
        return samples;
    }

    private static Sample batch(Predicate<Who> needs, String... operations) {
        JsonArray items = new JsonArray();
        for (String operation : operations) {
            String[] parts = operation.split(" ");
            JsonObject item = new JsonObject()
                    .put("op", parts[0])
                    .put("key64", Base64.getEncoder().encodeToString(PercentEncoding.decode(parts[1])));
            items.add(parts[0].equals("put") ? item.put("value", "1") : item);
        }
        return new Sample(
                "/v1/batch", NOTHING, new JsonObject().put("operations", items).encode(), needs);
    }

    @BeforeAll
    static void start() throws IOException {
        AccessControl control = GuardedApi.control(new AccessRules(EVERYBODY.stream()
                .map(who -> GuardedApi.entry(who.name(), who.grants()))
                .toList()));
        api = new GuardedApi(control);
        try (InputStream in = AccessMatrixTest.class.getResourceAsStream("/openapi.yaml")) {
            document = ApiDocument.parse(in.readAllBytes());
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyOperationIsInTheTable() {
        Set<String> documented =
                document.operations().stream().map(ApiOperation::id).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(TABLE.keySet());
        known.addAll(ANONYMOUS.keySet());
        known.addAll(SESSIONS);
        assertEquals(documented, known);
    }

    @TestFactory
    Stream<DynamicTest> everybodyMayDoWhatTheTableSaysAndNothingElse() {
        return document.operations().stream()
                .filter(operation -> TABLE.containsKey(operation.id()))
                .map(operation -> dynamicTest(operation.id(), () -> TABLE.get(operation.id())
                        .forEach(sample -> everybodySends(operation, sample))));
    }

    private static void everybodySends(ApiOperation operation, Sample sample) {
        refusesStrangers(operation, sample);
        for (Who who : EVERYBODY) {
            Answer answer = send(operation.method(), sample, bearer(GuardedApi.tokenOf(who.name())));
            String what = who + " " + operation.method() + " " + sample + ": " + answer.status() + " " + answer.body();
            assertFalse(answer.status() == 401, what);
            assertEquals(sample.needs().test(who), answer.status() != 403, what);
            if (answer.status() == 403) {
                checkRefusal(operation, sample, answer);
            }
        }
    }

    private static void checkRefusal(ApiOperation operation, Sample sample, Answer answer) {
        operation.check(query(sample), answer);
        if (operation.method() != HttpMethod.HEAD) {
            String detail = new JsonObject(answer.body()).getString("detail");
            assertTrue(detail.contains(" needs the grant ") && detail.endsWith(". Nothing was applied"), detail);
            assertEquals(operation.id().equals("runBatch"), detail.startsWith("operations["), detail);
        }
    }

    /** No credentials and wrong ones look the same. */
    private static void refusesStrangers(ApiOperation operation, Sample sample) {
        Set<String> texts = new TreeSet<>();
        for (Map<String, String> credentials : List.of(
                NOTHING,
                bearer("token of no one"),
                bearer(""),
                Map.of("Authorization", "Basic " + GuardedApi.tokenOf("admin")),
                Map.of("Authorization", GuardedApi.tokenOf("admin")),
                Map.of("Cookie", "token=" + GuardedApi.tokenOf("admin")))) {
            Answer answer = send(operation.method(), sample, credentials);
            assertEquals(401, answer.status(), credentials + " " + sample);
            assertEquals("Bearer", answer.headers().get("WWW-Authenticate"));
            operation.check(query(sample), answer);
            texts.add(answer.body().replace(answer.headers().get("Quorate-Request-Id"), "ID"));
        }
        assertEquals(1, texts.size(), texts::toString);
    }

    private static Answer send(HttpMethod method, Sample sample, Map<String, String> credentials) {
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.putAll(credentials);
        return api.send(method, sample.uri(), headers, sample.body());
    }

    private static String query(Sample sample) {
        return sample.uri().contains("?") ? sample.uri().replaceFirst("[^?]*\\?", "") : "";
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Test
    void probesAndFilesOfTheConsoleNeedNothing() {
        for (ApiOperation operation : document.operations()) {
            if (ANONYMOUS.containsKey(operation.id())) {
                for (Map<String, String> credentials : List.of(NOTHING, bearer("wrong"))) {
                    Answer answer = api.send(operation.method(), ANONYMOUS.get(operation.id()), credentials, "");
                    assertTrue(Set.of(200, 503).contains(answer.status()), operation.id() + answer);
                }
            }
        }
    }

    /** The rules are the same for a session as for the token that it began with. */
    @Test
    void aSessionMayDoWhatItsTokenMay() {
        for (Who who : EVERYBODY) {
            Map<String, String> cookie = new HashMap<>(Map.of("Cookie", session(who), "Sec-Fetch-Site", "same-origin"));
            for (ApiOperation operation : document.operations()) {
                for (Sample sample : TABLE.getOrDefault(operation.id(), List.of())) {
                    Answer answer = send(operation.method(), sample, cookie);
                    String what = who + " " + operation.method() + " " + sample + ": " + answer.status();
                    assertFalse(answer.status() == 401, what);
                    assertEquals(sample.needs().test(who), answer.status() != 403, what);
                }
            }
        }
    }

    /** As a browser sends it back. */
    private static String session(Who who) {
        Answer answer = api.send(
                HttpMethod.POST,
                "/v1/session",
                Map.of("Content-Type", "application/json"),
                "{\"token\": \"" + GuardedApi.tokenOf(who.name()) + "\"}");
        assertEquals(200, answer.status());
        document.operation(HttpMethod.POST, "/v1/session").check("", answer);
        assertEquals(
                who.grants(),
                new JsonObject(answer.body()).getJsonArray("grants").getList());
        return answer.headers().get("Set-Cookie").replaceFirst(";.*", "");
    }

    @Test
    void aBatchNamesTheFirstOperationThatItsCallerMayNotSend() {
        Sample sample = batch(who -> false, "put in/x", "get in/y", "put out", "put out");
        Answer answer = send(HttpMethod.POST, sample, bearer(GuardedApi.tokenOf("both")));
        String detail = new JsonObject(answer.body()).getString("detail");
        assertEquals(
                "operations[2]: both needs the grant write:out or a shorter prefix, and has read:in/, write:in/, observe."
                        + " Nothing was applied",
                detail);
    }

    @Test
    void theAdminPortObeysTheSameRules() {
        for (Who who : EVERYBODY) {
            Map<String, String> token = bearer(GuardedApi.tokenOf(who.name()));
            assertEquals(
                    who.is("observe") ? 200 : 403,
                    api.sendToAdmin(HttpMethod.GET, "/metrics", token).status(),
                    who::toString);
        }
        assertEquals(401, api.sendToAdmin(HttpMethod.GET, "/metrics", NOTHING).status());
        assertEquals(
                200, api.sendToAdmin(HttpMethod.GET, "/health/live", NOTHING).status());
    }

    @Test
    void twoTokensInOneRequestAreWrong() {
        String token = GuardedApi.tokenOf("admin");
        Answer answer = api.send(HttpMethod.GET, "/v1/cluster", Map.of("Authorization", "Bearer " + token), "");
        assertEquals(200, answer.status());
        assertEquals(
                401,
                api.send(HttpMethod.GET, "/v1/cluster", Map.of("Authorization", "Bearer " + token + ", Bearer x"), "")
                        .status());
    }
}
