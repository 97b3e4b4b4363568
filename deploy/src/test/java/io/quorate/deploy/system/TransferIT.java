package io.quorate.deploy.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All keys of a cluster go through a pipe and come back as they were, while a node dies. */
final class TransferIT {
    private static final int KEYS = 500;
    private static final int LARGE_VALUES = 3;
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @TempDir
    Path folder;

    private final Random random = new Random(16);

    @Test
    void whatIsExportedIsImportedAsItWasWhileANodeDies() throws IOException {
        Path lines = folder.resolve("in.ndjson");
        write(lines);

        CompletableFuture<Void> killed = CompletableFuture.runAsync(this::killTheFirstNodeWhenKeysCome);
        ShellRun imported = run("cat in.ndjson | $Q import -");
        killed.join();
        assertEquals("", imported.err());
        assertEquals(
                "applied " + (KEYS + LARGE_VALUES) + "  kept 0  expired 0  refused 0  unknown 0\n", imported.out());

        ShellRun again = run("set -o pipefail; $Q export >out.ndjson && $Q export | $Q import - --if-absent");
        assertEquals("", again.err());
        assertTrue(again.out().startsWith("applied 0  kept " + (KEYS + LARGE_VALUES)), again.out());
        assertEquals(contents(lines), contents(folder.resolve("out.ndjson")));
    }

    private void killTheFirstNodeWhenKeysCome() {
        LocalNode first = CLUSTER.node(1);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> CLUSTER.client().get(CLUSTER.node(2), "text/0051").statusCode() == 200);
        first.kill();
    }

    private void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < KEYS; i++) {
                ObjectNode line = JSON.createObjectNode();
                if (i % 5 == 0) {
                    line.put("key64", base64(("bin/\u0000" + i).getBytes(UTF_8), (byte) 0xff));
                } else {
                    line.put("key", String.format("text/%04d", i));
                }
                if (i % 3 == 0) {
                    line.put("expiresAt", Instant.now().plusSeconds(9_000).toString());
                    line.put("contentType", "text/plain");
                }
                line.put("value", "v\u00e4lue " + i);
                out.write((line + "\n").getBytes(UTF_8));
            }
            for (int i = 0; i < LARGE_VALUES; i++) {
                byte[] large = new byte[(1 << 20) - 1];
                random.nextBytes(large);
                out.write(("{\"key\":\"large/" + i + "\",\"value64\":\"" + base64(large, (byte) 0xff) + "\"}\n")
                        .getBytes(UTF_8));
            }
            out.write(("{\"end\":true,\"keys\":" + (KEYS + LARGE_VALUES) + "}\n").getBytes(UTF_8));
        }
    }

    private static String base64(byte[] bytes, byte last) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = last;
        return Base64.getEncoder().encodeToString(longer);
    }

    /**
     * By key: value, content type, and whether the life ends. The end itself may be later by the time of the import.
     */
    private static Map<String, String> contents(Path file) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode fields = JSON.readTree(line);
            if (!fields.has("end")) {
                contents.put(
                        fields.path("key").asText() + fields.path("key64").asText(),
                        fields.path("value").asText()
                                + fields.path("value64").asText()
                                + fields.path("contentType").asText()
                                + hoursLeft(fields));
            }
        }
        return contents;
    }

    private static long hoursLeft(JsonNode fields) {
        return fields.has("expiresAt")
                ? Duration.between(
                                Instant.now(),
                                Instant.parse(fields.path("expiresAt").asText()))
                        .toHours()
                : -1;
    }

    private ShellRun run(String line) {
        String endpoints = CLUSTER.nodes().stream()
                .map(node -> "127.0.0.1:" + node.httpPort())
                .collect(Collectors.joining(","));
        return ShellRun.of(Map.of("QUORATE_ENDPOINTS", endpoints), "cd '" + folder + "'; " + line);
    }
}
