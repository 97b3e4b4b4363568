package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node that is started with another list of members than the rest of its cluster. A directory that has agreed on a
 * list takes no other one ({@link FoundingIT}), so the node begins with an empty one.
 */
@Tag("faults")
final class OtherMembersIT {
    private static final String AT_N2 = "the members here are [n1, n2, n3], yours are [n2, n3]";
    private static final String AT_N3 = "the members here are [n2, n3], yours are [n1, n2, n3]";

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void itReachesNoQuorumAndBothSidesReportBothLists() throws IOException {
        LocalNode stranger = cluster.node(3);
        stranger.kill();
        stranger.moveDataTo("before");
        restartWithMembers(stranger, cluster.node(2), stranger);

        awaitShown(stranger, AT_N2);
        awaitShown(cluster.node(1), AT_N3);
        awaitShown(cluster.node(2), AT_N3);
        awaitShown(cluster.node(2), "\"refusedPeers\":[{\"id\":\"n3\",\"trouble\":\"" + AT_N2);
        assertEquals(503, cluster.client().put(stranger, "k", "theirs").statusCode());
        assertEquals(201, cluster.client().put(cluster.node(1), "k", "ours").statusCode());
        assertTrue(stranger.log().contains(AT_N2), stranger::log);
        assertTrue(cluster.node(2).log().contains(AT_N2), cluster.node(2)::log);
        CommandRun doctor = CommandRun.quorate(
                "doctor", "--endpoint", "127.0.0.1:" + cluster.node(2).httpPort());
        assertEquals(1, doctor.exitCode(), doctor::output);
        assertTrue(doctor.output().contains("n2 refuses n3") && doctor.output().contains(AT_N2), doctor::output);
    }

    @Test
    void theSameMembersInAnotherOrderAreTheSame() {
        restartWithMembers(cluster.node(3), cluster.node(3), cluster.node(1), cluster.node(2));
        cluster.awaitReady(cluster.node(3));
        cluster.nodes().forEach(node -> cluster.awaitUp(node, 3));
        assertEquals(201, cluster.client().put(cluster.node(3), "k", "v").statusCode());
    }

    private static void restartWithMembers(LocalNode node, LocalNode... members) {
        node.kill();
        String list = Arrays.stream(members).map(LocalNode::member).collect(Collectors.joining(", ", "[", "]"));
        node.setVariables(Map.of("QUORATE_MEMBERS", list));
        node.start();
    }

    private void awaitShown(LocalNode node, String text) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> cluster.client().cluster(node).json().encode().contains(text));
    }
}
