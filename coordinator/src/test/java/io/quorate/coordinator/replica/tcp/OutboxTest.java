package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final long HALF = Outbox.BYTES_MAX / 2;

    private final Outbox outbox = new Outbox();

    @Test
    void reservedAndQueuedBytesTogetherAreBounded() {
        assertTrue(outbox.reserve(HALF, 0));
        assertTrue(outbox.reserve(HALF, 0));
        assertFalse(outbox.reserve(1, 0));
        outbox.giveBack(HALF);
        assertFalse(outbox.reserve(2, HALF - 1));
        assertTrue(outbox.reserve(1, HALF - 1));
    }

    @Test
    void aWriteThatHasSpaceCanSendItsQuery() {
        assertTrue(outbox.reserve(1, Outbox.BYTES_MAX - 1));
        assertTrue(outbox.fitsSmall(Outbox.BYTES_MAX));
        assertFalse(outbox.fitsSmall(Outbox.BYTES_MAX + 1));
    }

    @Test
    void anOutboxThatIsHalfEmptyTakesTheLongestMessage() {
        assertTrue(outbox.reserve(4 * Outbox.BYTES_MAX, 0));
        assertFalse(outbox.reserve(1, 0));
        outbox.giveBack(4 * Outbox.BYTES_MAX);
        assertTrue(outbox.fits(4 * Outbox.BYTES_MAX, 0));
        assertTrue(outbox.fits(4 * Outbox.BYTES_MAX, HALF));
        assertFalse(outbox.fits(4 * Outbox.BYTES_MAX, HALF + 1));
    }
}
