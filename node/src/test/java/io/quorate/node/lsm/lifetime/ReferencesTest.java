package io.quorate.node.lsm.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.Contest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReferencesTest {
    private static final int TURNS = 2_000_000;

    private final References references = new References();

    @Test
    void onlyTheLastOneToGiveBackFreesTheObject() {
        references.acquire();
        assertTrue(references.tryAcquire());
        assertFalse(references.release());
        assertFalse(references.release());
        assertTrue(references.release());
    }

    @Test
    void afterTheLastOneNobodyTakesAnother() {
        assertTrue(references.release());
        assertFalse(references.tryAcquire());
        assertThrows(IllegalStateException.class, references::acquire);
        assertThrows(IllegalStateException.class, references::release);
    }

    /** A lost count would free the object too early or never. */
    @Test
    @Timeout(20)
    void threadsThatTakeAndGiveBackLoseNoCount() throws Exception {
        AtomicInteger last = new AtomicInteger();
        Contest.run(2, thread -> {
            for (int i = 0; i < TURNS; i++) {
                references.acquire();
                last.addAndGet(references.release() ? 1 : 0);
            }
        });
        assertEquals(0, last.get());
        assertTrue(references.release());
    }
}
