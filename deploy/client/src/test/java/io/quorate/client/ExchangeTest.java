package io.quorate.client;

import static io.quorate.client.FakeNode.absent;
import static io.quorate.client.FakeNode.inTurn;
import static io.quorate.client.FakeNode.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ExchangeTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The client of the JDK gets its threads here, so that an attempt can succeed. */
    @Test
    void anAttemptAfterAPauseNeedsNoThreadOfItsOwn() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpClient http = HttpClient.newBuilder()
                .executor(work -> {
                    if (!isOfHttpClient()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    threads.execute(work);
                })
                .build();
        try (FakeNode node = new FakeNode(inTurn(problem(409, "none"), absent()))) {
            AsyncQuorateClient client = new AsyncQuorateClient(new Transport(
                    http,
                    new Endpoints(List.of(node.uri())),
                    new InFlight(1, threads),
                    BearerToken.NONE,
                    LONGEST,
                    LONGEST,
                    new AtomicLong(System.nanoTime() + LONGEST.toNanos())));
            assertEquals(Optional.empty(), client.get(Key.of("k")).get(LONGEST.toSeconds(), TimeUnit.SECONDS));
            assertEquals(2, node.requests().size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isOfHttpClient() {
        return StackWalker.getInstance()
                .walk(callers ->
                        callers.anyMatch(caller -> caller.getClassName().startsWith("jdk.internal.net.http.")));
    }
}
