package io.quorate.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.client.QuorateClient;
import io.quorate.client.Value;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The extension as a test class of another project uses it: each fault, and that none of them outlives its test. */
@QuorateCluster(nodes = 3)
@TestMethodOrder(OrderAnnotation.class)
final class QuorateClusterIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestCluster cluster;
    private final QuorateClient client;

    QuorateClusterIT(TestCluster cluster, QuorateClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /** What one node answers, without the client, which would ask another one. */
    private static String get(TestNode node, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.uri().resolve("/v1/kv/" + key + "?timeout=1s"))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : Integer.toString(response.statusCode());
    }

    @Test
    @Order(1)
    void aValueSurvivesTheLossOfANode() {
        client.put("order", "17").orThrow();
        cluster.node(2).kill();
        assertFalse(cluster.node(2).isRunning());
        assertEquals(Value.of("17"), client.get("order").orElseThrow().value());
        client.put("order", "18").orThrow();
    }

    @Test
    @Order(2)
    void theNextTestFindsAllNodesAgain() throws Exception {
        for (TestNode node : cluster.nodes()) {
            assertTrue(node.isRunning());
            assertEquals("18", get(node, "order"));
        }
    }

    @Test
    void aNodeThatIsCutCannotAnswer() throws Exception {
        client.put("cut", "1").orThrow();
        cluster.node(1).cut();
        String answer = get(cluster.node(1), "cut");
        assertTrue(Set.of("503", "504").contains(answer), answer);
        assertEquals("1", get(cluster.node(3), "cut"));
        cluster.heal();
        assertEquals(Value.of("1"), client.get("cut").orElseThrow().value());
    }

    @Test
    void twoNodesThatAreCutFromEachOtherGoOnThroughTheThird() throws Exception {
        cluster.node(1).cutFrom(cluster.node(2));
        client.put("between", "1").orThrow();
        assertEquals("1", get(cluster.node(1), "between"));
        assertEquals("1", get(cluster.node(2), "between"));
    }

    @Test
    void aPausedNodeAnswersNothing() throws Exception {
        cluster.node(3).pause();
        assertThrows(HttpTimeoutException.class, () -> get(cluster.node(3), "pause"));
        client.put("pause", "1").orThrow();
        cluster.node(3).resume();
        assertTrue(client.get("pause").isPresent());
    }

    @Test
    void aSlowNodeAndAWrongClockDoNoHarm() {
        cluster.node(1).slow(Duration.ofMillis(50));
        cluster.node(2).skew(Duration.ofDays(2));
        client.put("skew", "1").orThrow();
        client.put("skew", "2").orThrow();
        assertEquals(Value.of("2"), client.get("skew").orElseThrow().value());
        cluster.node(2).heal();
    }

    @Test
    void aNodeKeepsItsDataWhenItStartsAgain() {
        client.put("kept", "1").orThrow();
        cluster.nodes().forEach(TestNode::kill);
        cluster.nodes().forEach(TestNode::start);
        cluster.node(1).restart();
        assertEquals(Value.of("1"), client.get("kept").orElseThrow().value());
    }

    @Test
    void whatCannotBeInjectedSaysWhy() {
        TestNode node = cluster.node(1);
        assertTrue(assertThrows(IllegalStateException.class, () -> node.slow(Duration.ofHours(1)))
                .getMessage()
                .contains("allowed: 0 to 10000 ms"));
        assertThrows(IllegalStateException.class, () -> node.cutFrom(node));
        assertThrows(IllegalArgumentException.class, () -> cluster.node(4));
    }

    @Test
    void itsNodesAreListed() {
        List<URI> endpoints = cluster.endpoints();
        assertEquals(cluster.nodes().stream().map(TestNode::uri).toList(), endpoints);
        assertEquals("n1", cluster.node(1).id());
        assertTrue(Files.exists(cluster.node(1).log()));
    }

    @Nested
    final class InANestedClass {
        @Test
        void theClusterIsTheSame(TestCluster same) {
            assertEquals(cluster.endpoints(), same.endpoints());
            client.put("nested", "1").orThrow();
        }
    }
}
