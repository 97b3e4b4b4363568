package io.quorate.common.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class OwnerThreadTest {
    private final OwnerThread owner = new OwnerThread();

    @Test
    void theFirstThreadThatUsesTheObjectOwnsIt() throws ExecutionException, InterruptedException {
        assertTrue(isCurrentOn("loop"));
        assertFalse(owner.isCurrent());
        assertFalse(isCurrentOn("another"));
        assertEquals(
                "owned by thread loop, used by thread " + Thread.currentThread().getName(), owner.toString());
    }

    @Test
    void theOwnerStaysTheOwner() {
        assertTrue(owner.isCurrent());
        assertTrue(owner.isCurrent());
    }

    @Test
    void creationClaimsNothing() {
        assertEquals("owned by no thread yet", owner.toString());
    }

    private boolean isCurrentOn(String thread) throws ExecutionException, InterruptedException {
        FutureTask<Boolean> use = new FutureTask<>(owner::isCurrent);
        new Thread(use, thread).start();
        return use.get();
    }
}
