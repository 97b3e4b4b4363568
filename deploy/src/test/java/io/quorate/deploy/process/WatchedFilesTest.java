package io.quorate.deploy.process;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchedFilesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** Without the next turn of the period, of which there is none here. */
    @Test
    void aLookThatFindsSomethingUnfinishedIsRepeatedUntilOneDoesNot() {
        WatchedFiles files = new WatchedFiles(vertx, () -> looks.incrementAndGet() < 3, 1);

        loop.runOnContext(on -> files.lookNow());

        await().until(() -> looks.get() == 3);
    }
}
