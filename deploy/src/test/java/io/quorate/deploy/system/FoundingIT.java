package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalCoordinator;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes that have agreed on their list and their disks. */
@Tag("faults")
final class FoundingIT {
    private static final String OTHER_DISK = "came back with another disk, ";

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @BeforeEach
    void awaitFounded() {
        cluster.nodes().forEach(node -> await().atMost(Duration.ofSeconds(60)).until(() -> isFounded(node)));
    }

    @Test
    void itIsShownAndAnotherListIsRefusedAtTheStart() {
        LocalNode three = cluster.node(3);
        CommandRun status = CommandRun.quorate(
                "repair", "status", "--endpoint", "127.0.0.1:" + cluster.node(1).httpPort());
        assertTrue(status.output().contains("founded: all members have agreed"), status::output);
        three.kill();
        three.setVariables(Map.of("QUORATE_MEMBERS", "[" + cluster.node(2).member() + ", " + three.member() + "]"));
        three.start();
        assertEquals(1, three.awaitEnd(Duration.ofSeconds(30)), three::log);
        assertTrue(
                three.log()
                        .contains("the configuration names the members [n2, n3], and the members of this cluster are"
                                + " [n1, n2, n3]"),
                three::log);
        three.setVariables(Map.of());
        cluster.startAndAwaitReady(three);
        assertTrue(isFounded(three), "a restart forgets nothing");
    }

    @Test
    void anEmptyDirectoryUnderTheNameOfAMemberCountsForNobody() throws IOException {
        LocalNode three = cluster.node(3);
        assertEquals(201, cluster.client().put(cluster.node(1), "k", "before").statusCode());
        three.kill();
        three.moveDataTo("lost");
        three.start();
        awaitShown(cluster.node(1).httpPort(), "\"trouble\":\"" + OTHER_DISK);
        awaitShown(cluster.node(2).httpPort(), "\"refusedPeers\":[{\"id\":\"n3\",\"trouble\":\"n3 " + OTHER_DISK);
        awaitShown(three.httpPort(), "OTHER_DISK, n3 " + OTHER_DISK);
        LocalCoordinator coordinator = cluster.startCoordinator("c1");
        awaitShown(coordinator.httpPort(), "\"trouble\":\"" + OTHER_DISK);
        assertTrue(cluster.node(1).log().contains(OTHER_DISK), cluster.node(1)::log);
        CommandRun doctor = CommandRun.quorate(
                "doctor", "--endpoint", "127.0.0.1:" + cluster.node(2).httpPort());
        assertTrue(
                doctor.output().contains("n1 and n2 refuse n3")
                        && doctor.output().contains(OTHER_DISK),
                doctor::output);

        assertEquals(
                200, cluster.client().put(cluster.node(1), "k", "without it").statusCode());
        assertEquals(503, cluster.client().put(three, "k", "alone").statusCode());
        cluster.node(2).kill();
        cluster.awaitUp(cluster.node(1), 1);
        assertEquals(503, cluster.client().put(cluster.node(1), "k", "with it").statusCode());
        assertEquals(503, cluster.client().get(cluster.node(1), "k").statusCode());

        three.kill();
        three.moveDataTo("empty");
        three.moveDataFrom("lost");
        cluster.startAndAwaitReady(three);
        cluster.awaitUp(cluster.node(1), 2);
        assertEquals("without it", cluster.client().get(three, "k").bodyAsString());
    }

    private boolean isFounded(LocalNode node) {
        JsonObject body = cluster.client()
                .send(cluster.client().request(HttpMethod.GET, node.httpPort(), "/v1/convergence"))
                .bodyAsJsonObject();
        return body.getJsonObject("founding").getBoolean("founded");
    }

    private void awaitShown(int httpPort, String text) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> cluster.client()
                .send(cluster.client().request(HttpMethod.GET, httpPort, "/v1/cluster"))
                .bodyAsJsonObject()
                .encode()
                .contains(text));
    }
}
