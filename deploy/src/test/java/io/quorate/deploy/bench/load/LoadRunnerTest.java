package io.quorate.deploy.bench.load;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quorate.deploy.client.ClientTls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoadRunnerTest {
    private final LoadRunner runner = new LoadRunner(ClientTls.NONE);

    @Test
    void twoGroupsHaveTwoThreads() throws Exception {
        try (runner) {
            assertNotEquals(nextThread(), nextThread());
        }
    }

    private Thread nextThread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        runner.nextLoop().runOnContext(now -> thread.complete(Thread.currentThread()));
        return thread.get(20, TimeUnit.SECONDS);
    }
}
