package io.quorate.deploy.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans and batches. Each test has keys of its own, by their prefix. */
final class ManyKeysIT {
    /** The limit of entries that a replica reads for one page. See ScanLimits. */
    private static final int VISITS_MAX = 4_096;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @Test
    void pagesOfOneScanCanComeFromDifferentNodes() {
        putAll("pages/", 25);
        List<String> keys = new ArrayList<>();
        String next = "";
        for (int node = 1; next != null; node = node % 3 + 1) {
            JsonObject page = scan(node, "prefix=pages/&limit=10&cursor=" + next);
            assertTrue(page.getJsonArray("items").size() <= 10, page::encode);
            keys.addAll(keys(page));
            next = page.getString("next");
        }
        assertEquals(names("pages/", 25), keys);
    }

    @Test
    void anItemHasItsKeyVersionValueAndType() {
        HttpResponse<Buffer> put = CLUSTER.client()
                .send(
                        CLUSTER.client()
                                .request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), "/v1/kv/item/a")
                                .putHeader("Content-Type", "text/plain"),
                        Buffer.buffer("hello"));
        JsonObject item = scan(2, "prefix=item/").getJsonArray("items").getJsonObject(0);
        assertEquals(
                new JsonObject()
                        .put("key", "item/a")
                        .put("version", put.getHeader("ETag").replace("\"", ""))
                        .put("contentType", "text/plain")
                        .put("value", "hello"),
                item);
        JsonObject head =
                scan(2, "prefix=item/&values=false").getJsonArray("items").getJsonObject(0);
        assertEquals(item.copy().remove("version"), head.getString("version"));
        assertFalse(head.containsKey("value"), head::encode);
    }

    @Test
    void keysAndValuesThatAreNoTextAreBase64() {
        CLUSTER.client()
                .send(
                        CLUSTER.client().request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), "/v1/kv/bytes%00%FF%80"),
                        Buffer.buffer(new byte[] {-1, 0}));
        JsonObject item =
                scan(2, "start=bytes%00%FF&end=bytes%01").getJsonArray("items").getJsonObject(0);
        byte[] key = Base64.getDecoder().decode(item.getString("key64"));
        assertEquals("bytes\0\u00ff\u0080", new String(key, StandardCharsets.ISO_8859_1));
        assertEquals("/wA=", item.getString("value64"));
    }

    @Test
    void prefixStartAndEndNarrowEachOther() {
        putAll("bounds/", 9);
        assertEquals(
                List.of("bounds/00003", "bounds/00004"),
                keys(scan(1, "prefix=bounds/&start=bounds/00003&end=bounds/00005")));
        assertEquals(List.of(), keys(scan(1, "prefix=bounds/&start=c")));
        assertNull(scan(1, "prefix=bounds/&start=c").getString("next"));
    }

    @Test
    void aRangeFullOfDeletedKeysIsCrossedStepByStep() {
        int deleted = VISITS_MAX + 100;
        for (int from = 0; from < deleted; from += 1_000) {
            JsonArray deletes = new JsonArray();
            IntStream.range(from, Math.min(from + 1_000, deleted))
                    .forEach(i -> deletes.add(operation("delete", name("tombs/", i))));
            batch(1, deletes).forEach(result -> assertEquals(204, result.getInteger("status"), result::encode));
        }
        CLUSTER.client().put(CLUSTER.node(1), "tombs/last", "v");

        JsonObject first = scan(2, "prefix=tombs/&limit=10");
        assertEquals(List.of(), keys(first));
        JsonObject second = scan(3, "prefix=tombs/&limit=10&cursor=" + first.getString("next"));
        assertEquals(List.of("tombs/last"), keys(second));
        assertNull(second.getString("next"));
    }

    @Test
    void aReverseScanGoesDownPageByPageFromAnyNode() {
        putAll("down/", 25);
        CLUSTER.client().put(CLUSTER.node(1), "down", "before the prefix");
        CLUSTER.client().put(CLUSTER.node(1), "down0", "behind it");
        List<String> keys = new ArrayList<>();
        String next = "";
        for (int node = 1; next != null; node = node % 3 + 1) {
            JsonObject page = scan(node, "prefix=down/&reverse=true&limit=10&cursor=" + next);
            assertTrue(page.getJsonArray("items").size() <= 10, page::encode);
            keys.addAll(keys(page));
            next = page.getString("next");
        }
        List<String> expected = new ArrayList<>(names("down/", 25));
        Collections.reverse(expected);
        assertEquals(expected, keys);
        assertEquals(
                List.of("down/00004", "down/00003"),
                keys(scan(2, "prefix=down/&reverse=true&start=down/00003&end=down/00005")));
    }

    @Test
    void aCursorIsForItsOwnDirectionOnly() {
        putAll("turn/", 3);
        String next = scan(1, "prefix=turn/&reverse=true&limit=1").getString("next");
        assertEquals(400, get(2, "/v1/kv?prefix=turn/&cursor=" + next).statusCode());
    }

    @Test
    void aScanShowsWhatConditionalWritesLeftAndNoExpiredValues() {
        CLUSTER.client().put(CLUSTER.node(1), "mixed/a", "old");
        assertEquals(
                412, putIf("If-None-Match", "*", "/v1/kv/mixed/a", "refused").statusCode());
        HttpResponse<Buffer> created = putIf("If-None-Match", "*", "/v1/kv/mixed/b", "1");
        HttpResponse<Buffer> replaced = putIf("If-Match", created.getHeader("ETag"), "/v1/kv/mixed/b", "2");
        assertEquals(List.of(201, 200), List.of(created.statusCode(), replaced.statusCode()));
        assertEquals(
                201, send(HttpMethod.PUT, "/v1/kv/mixed/c?ttl=1ms", "gone soon").statusCode());
        assertEquals(201, send(HttpMethod.PUT, "/v1/kv/mixed/d?ttl=1h", "stays").statusCode());
        await().until(() -> CLUSTER.client().get(CLUSTER.node(2), "mixed/c").statusCode() == 404);

        JsonObject page = scan(2, "prefix=mixed/");
        assertEquals(List.of("old", "2", "stays"), values(page));
        assertEquals(
                replaced.getHeader("ETag").replace("\"", ""),
                page.getJsonArray("items").getJsonObject(1).getString("version"));
        assertEquals(List.of("stays", "2", "old"), values(scan(3, "prefix=mixed/&reverse=true")));
    }

    private static HttpResponse<Buffer> putIf(String condition, String operand, String uri, String value) {
        return CLUSTER.client()
                .send(
                        CLUSTER.client()
                                .request(HttpMethod.PUT, CLUSTER.node(1).httpPort(), uri)
                                .putHeader(condition, operand),
                        Buffer.buffer(value));
    }

    private static List<String> values(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("value"))
                .toList();
    }

    @Test
    void aStreamHasALineForEachKeyAndALastOne() {
        putAll("lines/", 1_200);
        HttpResponse<Buffer> answer = CLUSTER.client()
                .send(CLUSTER.client()
                        .request(HttpMethod.GET, CLUSTER.node(2).httpPort(), "/v1/kv?prefix=lines/")
                        .putHeader("Accept", "application/x-ndjson"));
        assertEquals("application/x-ndjson", answer.getHeader("Content-Type"));
        List<JsonObject> lines =
                answer.bodyAsString().lines().map(JsonObject::new).toList();
        assertEquals(
                names("lines/", 1_200),
                lines.subList(0, 1_200).stream()
                        .map(line -> line.getString("key"))
                        .toList());
        JsonObject last = lines.get(1_200);
        assertTrue(last.containsKey("next") && last.getString("next") == null, last::encode);
        assertEquals(2, last.getInteger("pages"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=1001, limit",
        "order=asc, unknown query parameter",
        "cursor=AAAA, cursor",
        "reverse=maybe, reverse",
        "consistency=most, consistency"
    })
    void aWrongParameterIsRefused(String query, String said) {
        HttpResponse<Buffer> answer = get(1, "/v1/kv?" + query);
        assertEquals(400, answer.statusCode());
        assertTrue(KvClient.problem(answer).getString("detail").contains(said), () -> KvClient.describe(answer));
    }

    @Test
    void aCursorIsForItsOwnScanOnly() {
        putAll("own/", 3);
        String next = scan(1, "prefix=own/&limit=1").getString("next");
        HttpResponse<Buffer> answer = get(2, "/v1/kv?prefix=other/&cursor=" + next);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.bodyAsString().contains("another range"), () -> KvClient.describe(answer));
    }

    @Test
    void otherMethodsAreRefused() {
        assertEquals(405, send(HttpMethod.POST, "/v1/kv", "").statusCode());
        HttpResponse<Buffer> answer = send(HttpMethod.PUT, "/v1/batch", "");
        assertEquals(405, answer.statusCode());
        assertEquals("POST, OPTIONS", answer.getHeader("Allow"));
    }

    @Test
    void eachOperationOfABatchHasTheResultOfTheSingleRequest() {
        CLUSTER.client().put(CLUSTER.node(1), "batch/old", "before");
        List<JsonObject> results = batch(
                2,
                new JsonArray()
                        .add(operation("put", "batch/new").put("value", "1"))
                        .add(operation("put", "batch/old").put("value", "2"))
                        .add(operation("get", "batch/none"))
                        .add(operation("delete", "batch/gone"))
                        .add(operation("put", "batch/typed")
                                .put("value64", "/wA=")
                                .put("contentType", "image/x")));
        assertEquals(
                List.of(201, 200, 404, 204, 201),
                results.stream().map(result -> result.getInteger("status")).toList());
        HttpResponse<Buffer> typed = CLUSTER.client().get(CLUSTER.node(3), "batch/typed");
        assertEquals("image/x", typed.getHeader("Content-Type"));
        assertEquals(
                '"' + results.get(4).getString("version") + '"',
                typed.getHeader("ETag"),
                () -> KvClient.describe(typed));
        JsonObject problem = results.get(2).getJsonObject("problem");
        assertEquals("none", problem.getString("outcome"), problem::encode);
    }

    @Test
    void operationsOnOneKeyRunInTheirOrder() {
        JsonArray operations = new JsonArray();
        for (int i = 0; i < 20; i++) {
            operations.add(operation("put", "order/k").put("value", "v" + i));
            operations.add(operation("get", "order/k"));
        }
        operations.add(operation("delete", "order/k")).add(operation("get", "order/k"));
        List<JsonObject> results = batch(1, operations);
        for (int i = 0; i < 20; i++) {
            assertEquals("v" + i, results.get(2 * i + 1).getString("value"));
        }
        assertEquals(404, results.get(41).getInteger("status"));
        assertEquals(results.get(40).getString("version"), results.get(41).getString("version"));
    }

    @Test
    void aBatchWithOneWrongOperationIsRefusedAsAWhole() {
        JsonArray operations = new JsonArray()
                .add(operation("put", "whole/a").put("value", "1"))
                .add(operation("put", "whole/b"));
        HttpResponse<Buffer> answer = send(
                HttpMethod.POST,
                "/v1/batch",
                new JsonObject().put("operations", operations).encode());
        assertEquals(400, answer.statusCode());
        assertTrue(
                KvClient.problem(answer).getString("detail").startsWith("operations[1] "),
                () -> KvClient.describe(answer));
        assertEquals(404, CLUSTER.client().get(CLUSTER.node(1), "whole/a").statusCode());
    }

    @Test
    void aBatchThatIsTooLongIsRefused() {
        HttpResponse<Buffer> answer = send(HttpMethod.POST, "/v1/batch", " ".repeat((4 << 20) + 1));
        assertEquals(413, answer.statusCode());
        assertTrue(answer.bodyAsString().contains("batch"), () -> KvClient.describe(answer));
    }

    private static void putAll(String prefix, int count) {
        for (int from = 0; from < count; from += 1_000) {
            JsonArray puts = new JsonArray();
            IntStream.range(from, Math.min(from + 1_000, count))
                    .forEach(i -> puts.add(operation("put", name(prefix, i)).put("value", "value " + i)));
            batch(1, puts).forEach(result -> assertEquals(201, result.getInteger("status"), result::encode));
        }
    }

    private static JsonObject operation(String op, String key) {
        return new JsonObject().put("op", op).put("key", key);
    }

    private static String name(String prefix, int number) {
        return prefix + String.format("%05d", number);
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> name(prefix, i)).toList();
    }

    private static JsonObject scan(int node, String query) {
        HttpResponse<Buffer> answer = get(node, "/v1/kv?" + query);
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        assertTrue(answer.getHeader("Quorate-Evidence").startsWith("coordinator=n" + node + "; n=3; quorum=2"));
        return answer.bodyAsJsonObject();
    }

    private static List<String> keys(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("key"))
                .toList();
    }

    private static List<JsonObject> batch(int node, JsonArray operations) {
        HttpResponse<Buffer> answer = CLUSTER.client()
                .send(
                        CLUSTER.client()
                                .request(HttpMethod.POST, CLUSTER.node(node).httpPort(), "/v1/batch?timeout=15s"),
                        new JsonObject().put("operations", operations).toBuffer());
        assertEquals(200, answer.statusCode(), () -> KvClient.describe(answer));
        List<JsonObject> results = answer.bodyAsJsonObject().getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertEquals(operations.size(), results.size());
        return results;
    }

    private static HttpResponse<Buffer> get(int node, String uri) {
        return CLUSTER.client()
                .send(CLUSTER.client()
                        .request(HttpMethod.GET, CLUSTER.node(node).httpPort(), uri));
    }

    private static HttpResponse<Buffer> send(HttpMethod method, String uri, String body) {
        return CLUSTER.client()
                .send(CLUSTER.client().request(method, CLUSTER.node(1).httpPort(), uri), Buffer.buffer(body));
    }
}
