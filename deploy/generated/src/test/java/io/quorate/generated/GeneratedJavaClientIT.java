package io.quorate.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.junit.QuorateCluster;
import io.quorate.junit.TestCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.ClusterApi;
import org.openapitools.client.api.KeysApi;
import org.openapitools.client.api.ManyKeysApi;
import org.openapitools.client.model.Batch;
import org.openapitools.client.model.BatchOperation;
import org.openapitools.client.model.BatchOperation.OpEnum;
import org.openapitools.client.model.BatchResult;
import org.openapitools.client.model.ChangedValue;
import org.openapitools.client.model.Item;
import org.openapitools.client.model.Page;
import org.openapitools.client.model.RegisterFunction;

/** The Java client that openapi-generator makes of the document, as it comes, against a real cluster. */
@QuorateCluster(nodes = 3)
final class GeneratedJavaClientIT {
    private static final String ANY = null;

    @TempDir
    private Path folder;

    private KeysApi keys;
    private ManyKeysApi many;
    private ClusterApi clusters;

    @BeforeEach
    void connect(TestCluster cluster) {
        ApiClient client =
                new ApiClient().setBasePath(cluster.node(1).uri().toString().replaceFirst("/$", ""));
        client.setTempFolderPath(folder.toString());
        keys = new KeysApi(client);
        many = new ManyKeysApi(client);
        clusters = new ClusterApi(client);
    }

    @Test
    void aValueIsStoredAndReadByteForByte() throws Exception {
        assertEquals(201, put("a/greeting", "hello", ANY).getStatusCode());
        assertEquals("hello", get("a/greeting"));
        assertEquals(200, put("a/greeting", "", ANY).getStatusCode());
        assertEquals("", get("a/greeting"));
        keys.deleteValue("a/greeting", ANY, ANY, ANY, ANY, ANY, ANY);
        assertEquals(
                404, assertThrows(ApiException.class, () -> get("a/greeting")).getCode());
    }

    @Test
    void aConditionalPutTakesEffectOnceOnly() throws Exception {
        String first = tag(keys.putValueWithHttpInfo("lock", file("mine"), ANY, "*", ANY, ANY, ANY, ANY, ANY));
        ApiException taken = assertThrows(
                ApiException.class, () -> keys.putValue("lock", file("no"), ANY, "*", ANY, ANY, ANY, ANY, ANY));
        assertEquals(412, taken.getCode());
        assertNotEquals(first, tag(put("lock", "still mine", first)));
        assertEquals(
                412,
                assertThrows(ApiException.class, () -> put("lock", "no", first)).getCode());
        assertEquals("still mine", get("lock"));
    }

    @Test
    void anExplainedPutTakesEffectLikeAnyOther() throws Exception {
        keys.putValue("explained", file("hello"), ANY, ANY, ANY, ANY, ANY, ANY, "1");
        assertEquals("hello", get("explained"));
    }

    @Test
    void pagesOfKeysFollowEachOther() throws Exception {
        for (String key : List.of("page/1", "page/2", "page/3")) {
            put(key, "value of " + key, ANY);
        }
        Page first = scan("page/", 2, ANY);
        assertEquals(
                List.of("page/1", "page/2"),
                first.getItems().stream().map(Item::getKey).toList());
        assertEquals("value of page/1", first.getItems().get(0).getValue());
        Page last = scan("page/", 2, first.getNext());
        assertEquals("page/3", last.getItems().get(0).getKey());
        assertNull(last.getNext());
    }

    @Test
    void aBatchHasAResultForEachOperation() throws Exception {
        Batch batch = new Batch()
                .addOperationsItem(
                        new BatchOperation().op(OpEnum.PUT).key("batch").value("1"))
                .addOperationsItem(new BatchOperation().op(OpEnum.GET).key("batch"))
                .addOperationsItem(new BatchOperation().op(OpEnum.DELETE).key("batch"));
        List<BatchResult> results = many.runBatch(batch, ANY, ANY, ANY).getResults();
        assertEquals(
                List.of(201, 200, 204),
                results.stream().map(BatchResult::getStatus).toList());
        assertEquals("1", results.get(1).getValue());
    }

    @Test
    void aFunctionChangesTheValue() throws Exception {
        change(new RegisterFunction().add("2").max("9"));
        ChangedValue sum = change(new RegisterFunction().add("5"));
        assertEquals("7", sum.getValue());
        assertEquals("7", get("counter"));
        ApiException tooMuch = assertThrows(
                ApiException.class, () -> change(new RegisterFunction().add("5").max("9")));
        assertEquals(412, tooMuch.getCode());
    }

    @Test
    void theClusterHasItsNodes() throws Exception {
        assertEquals(3, clusters.getCluster().getNodes().size());
        assertEquals(0, clusters.getConvergence().getSilent().size());
        assertEquals("n2", clusters.getNode("n2").getId());
    }

    private ApiResponse<Void> put(String key, String text, String ifMatch) throws ApiException, IOException {
        return keys.putValueWithHttpInfo(key, file(text), ifMatch, ANY, ANY, ANY, ANY, ANY, ANY);
    }

    private String get(String key) throws ApiException, IOException {
        return Files.readString(keys.getValue(key, ANY, ANY, ANY, ANY, ANY).toPath());
    }

    private Page scan(String prefix, int limit, String cursor) throws ApiException {
        return many.scanKeys(prefix, ANY, ANY, limit, cursor, null, null, ANY, ANY, ANY);
    }

    private ChangedValue change(RegisterFunction function) throws ApiException {
        return keys.changeValue("counter", function, ANY, ANY, ANY, ANY, ANY);
    }

    /** The generated client sends a file. */
    private File file(String text) throws IOException {
        Path file = Files.createTempFile(folder, "body", "");
        return Files.writeString(file, text).toFile();
    }

    private static String tag(ApiResponse<Void> answer) {
        return answer.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("ETag"))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElseThrow();
    }
}
