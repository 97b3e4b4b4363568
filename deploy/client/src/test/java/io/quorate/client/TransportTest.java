package io.quorate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom the client believes when it asks which nodes there are. */
final class TransportTest {
    private static final Map<String, List<String>> OF_NODE = Map.of("Quorate-Request-Id", List.of("0123456789abcdef"));
    private static final String NODES = "{\"nodes\":[{\"id\":\"n1\"},{\"id\":\"n2\",\"http\":\"host:7002\"}]}";

    @Test
    void aNodeNamesTheNodes() {
        assertEquals(Optional.of(List.of(URI.create("https://host:7002"))), told(200, OF_NODE, NODES));
    }

    @Test
    void anotherServerNamesNone() {
        assertEquals(Optional.empty(), told(200, Map.of(), NODES));
    }

    /** So the nodes that are known stay. */
    @Test
    void anAnswerWithoutNodesIsNoEmptyCluster() {
        assertEquals(Optional.empty(), told(404, OF_NODE, NODES));
        assertEquals(Optional.empty(), told(200, OF_NODE, "<html>"));
        assertEquals(Optional.empty(), told(200, OF_NODE, "{}"));
    }

    private static Optional<List<URI>> told(int status, Map<String, List<String>> headers, String body) {
        HttpHeaders received = HttpHeaders.of(headers, (name, value) -> true);
        return Transport.nodes("https", new Answer(status, received, body.getBytes(StandardCharsets.UTF_8)));
    }
}
