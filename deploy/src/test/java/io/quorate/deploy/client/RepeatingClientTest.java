package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    private static CallEnd end(FakeNode node) throws Exception {
        CompletableFuture<CallEnd> end = new CompletableFuture<>();
        try (RepeatingClient client =
                new RepeatingClient(List.of(node.endpoint()), ClientTls.NONE, ClientToken.NONE, 1, LONGEST)) {
            client.send(WRITE, new byte[] {1}, end::complete);
            return end.get(30, TimeUnit.SECONDS);
        }
    }
}
