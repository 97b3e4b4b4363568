package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.store.StoreCommand;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** Checkpoints of nodes that run and are written to, and a cluster of another name that is made of them. */
final class CheckpointIT {
    private static final int WRITES_BEFORE = 150;
    private static final String DELETED = "deleted";

    @RegisterExtension
    final LocalCluster cluster =
            LocalCluster.ofThree("memtableBytes: 1048576\nrequestTimeoutMsMax: 2000\npurgeQuietMs: 3000\n");

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void anotherClusterIsMadeOfCheckpointsThatWereMadeWhileWritesWentOn() throws IOException {
        Map<String, String> before;
        assertEquals(
                201, cluster.client().put(cluster.node(1), DELETED, "value").statusCode());
        try (ClosedLoop writers = ClosedLoop.start(2, this::write)) {
            writers.awaitFurther(WRITES_BEFORE);
            before = Map.copyOf(acknowledged);
            checkpoint(cluster.node(3));
            deleteForGood();
            checkpoint(cluster.node(1));
            checkpoint(cluster.node(2));
            writers.awaitFurther(1);
            writers.stop();
        }
        refusals();
        cluster.nodes().forEach(LocalNode::kill);
        for (LocalNode node : cluster.nodes()) {
            Files.move(data(node), old(node));
        }
        for (LocalNode node : cluster.nodes()) {
            restoreIntoAnotherCluster(node);
        }
        cluster.startAndAwaitReady(cluster.nodes().toArray(LocalNode[]::new));
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));
        before.forEach((key, value) ->
                assertEquals(value, cluster.client().get(cluster.node(2), key).bodyAsString(), key));
        for (LocalNode node : cluster.nodes()) {
            assertEquals(404, cluster.client().get(node, DELETED).statusCode(), node.id());
        }
    }

    /** No node has anything of the key any more. The checkpoint of one node has its value. */
    private void deleteForGood() {
        assertEquals(204, cluster.client().delete(cluster.node(1), DELETED).statusCode());
        await().atMost(Duration.ofSeconds(120)).until(() -> {
            cluster.client().hurry(cluster.node(1));
            return cluster.nodes().stream()
                    .allMatch(node -> cluster.client().forgetting(node).getLong("forgotten") >= 1);
        });
    }

    private void write(int writer) {
        String key = "key-" + written.getAndIncrement();
        String value = key + "v".repeat(8_000);
        assertEquals(
                201, cluster.client().put(cluster.node(writer + 1), key, value).statusCode());
        acknowledged.put(key, value);
    }

    private void checkpoint(LocalNode node) {
        HttpResponse<Buffer> answer = post(node, node.id(), "?name=first");
        assertEquals(201, answer.statusCode(), () -> KvClient.describe(answer));
        JsonObject made = answer.bodyAsJsonObject();
        assertEquals(data(node).resolve("checkpoints/first").toString(), made.getString("path"));
        assertTrue(made.getLong("bytes") > 0 && made.getLong("tableCount") > 0, made::encode);
    }

    private void refusals() {
        LocalNode one = cluster.node(1);
        assertRefused(409, "checkpoints/first", post(one, "n1", "?name=first"));
        assertRefused(421, "this is n1", post(one, "n2", "?name=second"));
        assertRefused(400, "name", post(one, "n1", ""));
        assertRefused(400, "name", post(one, "n1", "?name=..%2Fup"));
        assertEquals(405, cluster.client().status(one.httpPort(), "/v1/nodes/n1/checkpoint?name=second"));
        assertTrue(Files.notExists(data(one).resolve("checkpoints/second")));
    }

    @Test
    void aNodeKeepsAFewAndDeletesThemByName() throws IOException {
        LocalNode one = cluster.node(1);
        assertEquals(201, cluster.client().put(one, "key", "value").statusCode());
        Files.createDirectories(data(one).resolve("checkpoints/cut-off"));
        for (String name : List.of("a", "b", "c")) {
            assertEquals(201, post(one, "n1", "?name=" + name).statusCode());
        }
        assertRefused(409, "checkpointsMax is 4", post(one, "n1", "?name=d"));
        JsonObject listed =
                send(HttpMethod.GET, one, "/v1/nodes/n1/checkpoints").bodyAsJsonObject();
        assertEquals(4, listed.getInteger("max"));
        assertEquals(
                List.of("a true", "b true", "c true", "cut-off false"),
                listed.getJsonArray("checkpoints").stream()
                        .map(JsonObject.class::cast)
                        .map(each -> each.getString("name") + " " + each.getBoolean("complete"))
                        .toList());

        CommandRun deleted = typed("delete", "cut-off");
        assertEquals(0, deleted.exitCode(), deleted::output);
        assertTrue(Files.notExists(data(one).resolve("checkpoints/cut-off")));
        CommandRun made = typed("make", "d");
        assertEquals(0, made.exitCode(), made::output);
        assertTrue(Files.exists(data(one).resolve("checkpoints/d/CURRENT")));
        assertTrue(typed("list").output().contains("complete"));
        CommandRun absent = typed("delete", "nothing");
        assertEquals(1, absent.exitCode());
        assertTrue(absent.output().contains("there is no checkpoint"), absent::output);
        assertEquals(2, typed("delete", "../data").exitCode());
    }

    private CommandRun typed(String... words) {
        List<String> arguments = new ArrayList<>(List.of("checkpoint"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("-e", LocalNode.HOST + ":" + cluster.node(1).httpPort()));
        return CommandRun.quorate(arguments.toArray(String[]::new));
    }

    private static void assertRefused(int status, String said, HttpResponse<Buffer> answer) {
        assertEquals(status, answer.statusCode(), () -> KvClient.describe(answer));
        assertTrue(KvClient.problem(answer).getString("detail").contains(said), () -> KvClient.describe(answer));
    }

    private HttpResponse<Buffer> post(LocalNode asked, String id, String query) {
        return send(HttpMethod.POST, asked, "/v1/nodes/" + id + "/checkpoint" + query);
    }

    private HttpResponse<Buffer> send(HttpMethod method, LocalNode asked, String uri) {
        return cluster.client().send(cluster.client().request(method, asked.httpPort(), uri));
    }

    private static Path data(LocalNode node) {
        return node.folder().resolve("data");
    }

    private static Path old(LocalNode node) {
        return node.folder().resolve("old");
    }

    private void restoreIntoAnotherCluster(LocalNode node) throws IOException {
        List<String> words = new ArrayList<>(List.of("restore", "--from", checkpointOf(node)));
        cluster.nodes().stream()
                .filter(other -> other != node)
                .forEach(other -> words.addAll(List.of("--with", checkpointOf(other))));
        words.addAll(List.of("--to", data(node).toString(), "--cluster", "another", "--node", node.id()));
        assertEquals(0, new CommandLine(new StoreCommand()).execute(words.toArray(String[]::new)));
        Path configuration = node.folder().resolve("node.yaml");
        String yaml = Files.readString(configuration);
        Files.writeString(configuration, yaml.replace("clusterId: test", "clusterId: another"));
    }

    private static String checkpointOf(LocalNode node) {
        return old(node).resolve("checkpoints/first").toString();
    }
}
