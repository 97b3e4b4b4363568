package io.quorate.node.lsm.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoreHealthTest {
    private final StoreHealth health = new StoreHealth(failure -> {});

    private void fail() {
        health.guard("writing the log", () -> {
            throw new IOException("the disk is gone");
        });
    }

    private RefusedBecause refusal() {
        return assertThrows(RefusedException.class, health::requireOpen).reason();
    }

    @Test
    void aStoreThatClosesIsNotOpen() {
        health.requireOpen();
        health.beginClosing();
        assertEquals(RefusedBecause.CLOSING, refusal());
    }

    @Test
    void aFailureCountsMoreThanTheEnd() {
        fail();
        assertEquals(RefusedBecause.STOPPED, refusal());
        health.beginClosing();
        assertEquals(RefusedBecause.STOPPED, refusal());
    }
}
