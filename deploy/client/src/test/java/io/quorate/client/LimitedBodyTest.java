package io.quorate.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

final class LimitedBodyTest {
    private final LimitedBody body = new LimitedBody(3);
    private final CompletableFuture<byte[]> whole = body.getBody().toCompletableFuture();
    private boolean cancelled;

    private void receive(int... parts) {
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
        for (int bytes : parts) {
            body.onNext(List.of(ByteBuffer.allocate(bytes)));
        }
    }

    @Test
    void aBodyAsLongAsTheLimitIsTaken() {
        receive(1, 2);
        body.onComplete();
        assertArrayEquals(new byte[3], whole.join());
        assertFalse(cancelled);
    }

    /** It may have no end. */
    @Test
    void aLongerBodyIsGivenUpBeforeItsEnd() {
        receive(2, 2);
        assertTrue(cancelled);
        Throwable why = assertThrows(CompletionException.class, whole::join).getCause();
        assertEquals("the answer is longer than 3 bytes", why.getMessage());
    }
}
