package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a change is sent again. */
class RepeatingClientTest {
    private static final Call WRITE = Call.change("PUT", "/v1/kv/k", Optional.empty(), "");
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** The server wants the next request when the client has given up. Without that there would be many until then. */
    @Test
    void noRequestComesBeforeTheServerWantsTheNextOne() throws Exception {
        try (FakeNode busy = FakeNode.answering("429 Too Many Requests", "Retry-After: 6\r\n", "")) {
            assertEquals(429, end(busy).last().orElseThrow().status());
            assertEquals(1, busy.requests().size());
        }
    }

    /** Such as a proxy at the port of one node. */
    @Test
    void aServerThatIsNoNodeIsPassedOverWhateverItAnswers() throws Exception {
        for (String status : List.of("302 Found", "403 Forbidden", "405 Method Not Allowed", "409 Conflict")) {
            try (FakeNode stranger = FakeNode.stranger(status, "", "");
                    FakeNode node = FakeNode.answering("200 OK", "", "")) {
                assertTrue(end(stranger, node).isApplied(), status);
                assertEquals(1, stranger.requests().size(), status);
            }
        }
    }

    private static CallEnd end(FakeNode... nodes) throws Exception {
        CompletableFuture<CallEnd> end = new CompletableFuture<>();
        List<Endpoint> endpoints = Stream.of(nodes).map(FakeNode::endpoint).toList();
        try (RepeatingClient client = new RepeatingClient(endpoints, ClientTls.NONE, ClientToken.NONE, 1, LONGEST)) {
            client.send(WRITE, new byte[] {1}, end::complete);
            return end.get(30, TimeUnit.SECONDS);
        }
    }
}
