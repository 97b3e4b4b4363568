package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** n3's manifest rots while the node is down. {@code node/docs/damage.md} says what helps. */
final class DamagedReplicaIT {
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aDamagedReplicaLosesItsVoteAndNotItsNodeAndAWipeFillsItWithoutAVote() throws IOException {
        cluster.client().put(cluster.node(1), "k", "before");
        three().kill();
        rot("manifest-");
        cluster.startAndAwaitReady(three());
        awaitVotingStatus("damaged");
        itsNodeSaysWhatIsWrong();
        itsNodeServesThroughTheOthers();

        three().terminate();
        three().awaitEnd(Duration.ofSeconds(20));
        three().startWiped();
        cluster.awaitReady(three());
        awaitVotingStatus("filling");
        readsFillItAndItsOldFilesStay();

        cluster.node(2).kill();
        itIsPartOfNoQuorum();
    }

    private void itsNodeSaysWhatIsWrong() {
        String why = member().getString("whyNoVote");
        assertTrue(why.matches(".*data/manifest-\\d+ is corrupt at offset \\d+: .*--wipe.*"), why);
        assertTrue(three().log().contains("this replica stops voting: " + why), three()::log);
        HttpResponse<Buffer> ready =
                cluster.client().send(cluster.client().request(HttpMethod.GET, three().httpPort(), "/health/ready"));
        assertEquals(200, ready.statusCode());
        assertTrue(ready.bodyAsString().contains("does not vote"), ready::bodyAsString);
        assertEquals(0, cluster.client().cluster(cluster.node(1)).canLose());
    }

    private void itsNodeServesThroughTheOthers() {
        assertEquals("before", cluster.client().get(three(), "k").bodyAsString());
        HttpResponse<Buffer> written = cluster.client().put(three(), "k", "after");
        assertEquals(200, written.statusCode(), () -> KvClient.describe(written));
        assertTrue(written.getHeader("Quorate-Evidence").contains("acked=n1,n2;"), () -> KvClient.describe(written));
    }

    private void readsFillItAndItsOldFilesStay() throws IOException {
        assertTrue(names().stream().anyMatch(name -> name.matches("aside-\\d+-manifest-\\d+")), names()::toString);
        long before = logBytes();
        assertEquals("after", cluster.client().get(cluster.node(1), "k").bodyAsString());
        await().until(() -> logBytes() > before);
        assertEquals(0, cluster.client().cluster(cluster.node(1)).canLose());
    }

    private void itIsPartOfNoQuorum() {
        for (LocalNode node : new LocalNode[] {cluster.node(1), three()}) {
            assertEquals(503, cluster.client().get(node, "k").statusCode());
            assertEquals(503, cluster.client().put(node, "k", "lost").statusCode());
        }
    }

    private void awaitVotingStatus(String votingStatus) {
        cluster.awaitUp(cluster.node(1), 3);
        await().until(() -> votingStatus.equals(member().getString("votingStatus")));
    }

    private LocalNode three() {
        return cluster.node(3);
    }

    private long logBytes() {
        return member().getJsonObject("store").getLong("logBytes");
    }

    private JsonObject member() {
        return cluster.client()
                .send(cluster.client().request(HttpMethod.GET, cluster.node(1).httpPort(), "/v1/nodes/n3"))
                .bodyAsJsonObject();
    }

    private Path data() {
        return three().folder().resolve("data");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void rot(String prefix) throws IOException {
        String name = names().stream()
                .filter(each -> each.startsWith(prefix))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(data().resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(data().resolve(name), bytes);
    }
}
