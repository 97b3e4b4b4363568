package io.quorate.common.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    @Test
    void aLetterThatThrowsKeepsNoOtherOneBack() {
        Vertx vertx = Vertx.vertx();
        try {
            Mailbox mailbox = new Mailbox(vertx.getOrCreateContext());
            CompletableFuture<String> delivered = new CompletableFuture<>();
            vertx.runOnContext(any -> {
                mailbox.post(() -> {
                    throw new IllegalStateException("a planned defect");
                });
                mailbox.post(() -> delivered.complete("second"));
            });
            assertEquals("second", delivered.orTimeout(5, TimeUnit.SECONDS).join());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
