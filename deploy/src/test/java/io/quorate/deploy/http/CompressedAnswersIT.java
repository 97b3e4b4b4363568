package io.quorate.deploy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers of a node are compressed, and which origins its option {@code allowedOrigins} lets in. */
final class CompressedAnswersIT {
    private static final String OWN_PAGE = "https://app.example.com";
    private static final int KEYS = 50;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree("allowedOrigins: ['" + OWN_PAGE + "']\n");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void store() {
        KvClient client = CLUSTER.client();
        for (int i = 0; i < KEYS; i++) {
            client.put(CLUSTER.node(1), "compressed/" + i, "a value like all others ".repeat(100));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.yaml, application/yaml",
        "/openapi.json, application/json",
        "/metrics, text/plain",
        "/console/js/main.js, text/javascript",
        "/v1/kv?prefix=compressed/, application/json",
        "/v1/kv?prefix=compressed/, application/x-ndjson",
    })
    void textsAreCompressedForAClientThatTakesThat(String path, String accept) throws Exception {
        HttpResponse<byte[]> plain = get(path, "Accept", accept);
        HttpResponse<byte[]> compressed = get(path, "Accept", accept, "Accept-Encoding", "gzip");
        assertFalse(isCompressed(plain), path);
        assertTrue(isCompressed(compressed), path);
        assertTrue(compressed.body().length < plain.body().length / 2, path);
        String text = decompressed(compressed);
        if (path.equals("/metrics")) {
            assertTrue(text.startsWith("# HELP"), text);
        } else {
            assertEquals(withoutEvidence(new String(plain.body(), UTF_8)), withoutEvidence(text));
        }
    }

    /** Which replicas answered first is another matter each time. */
    private static String withoutEvidence(String text) {
        return text.replaceAll("\"evidence\":\"[^\"]*\"", "");
    }

    @ParameterizedTest
    @CsvSource({"/v1/kv/compressed/1", "/v1/cluster", "/v1/kv?prefix=none", "/health/live"})
    void valuesAndShortAnswersNeverAre(String path) throws Exception {
        assertFalse(isCompressed(get(path, "Accept-Encoding", "gzip")), path);
    }

    @ParameterizedTest
    @CsvSource({"/v1/cluster, accept", "/v1/history, accept-encoding", "/metrics, 'accept, accept-encoding'"})
    void anAnswerSaysOnWhichHeadersOfTheRequestItDepends(String path, String headers) throws Exception {
        assertEquals(Optional.of(headers), get(path).headers().firstValue("Vary"));
    }

    @Test
    void thePageOfAnAllowedOriginMayReadAndWriteAndNoOtherMay() throws Exception {
        HttpResponse<byte[]> read = get("/v1/kv/compressed/1", "Origin", OWN_PAGE, "Sec-Fetch-Site", "cross-site");
        assertEquals(200, read.statusCode());
        assertEquals(
                OWN_PAGE,
                read.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        HttpResponse<byte[]> other =
                get("/v1/kv/compressed/1", "Origin", OWN_PAGE + ".evil", "Sec-Fetch-Site", "cross-site");
        assertEquals(403, other.statusCode());
        String requestId = other.headers().firstValue("Quorate-Request-Id").orElseThrow();
        assertTrue(new String(other.body(), UTF_8).contains("\"requestId\" : \"" + requestId + "\""));
        assertTrue(new String(other.body(), UTF_8).contains("allowedOrigins"));
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + CLUSTER.node(1).httpPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static boolean isCompressed(HttpResponse<byte[]> answer) {
        assertEquals(200, answer.statusCode());
        return answer.headers().firstValue("Content-Encoding").equals(Optional.of("gzip"));
    }

    private static String decompressed(HttpResponse<byte[]> answer) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(), UTF_8);
    }
}
