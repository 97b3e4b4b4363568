package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import org.junit.jupiter.api.Test;

class MemoryRejectionTest {
    private static final int MIB = 1 << 20;
    private final MemoryBudget memory = new MemoryBudget(16 * MIB);
    private final MemoryRejection rejection = new MemoryRejection("this replica", memory);

    @Test
    void aValueThatFitsIntoAnEmptyBudgetIsRefusedForNow() {
        memory.add(MemoryUse.BODY, 12 * MIB);
        Rejected refused = rejection.of(MemoryUse.VALUE, memory.largest(MemoryUse.VALUE));
        assertEquals(RejectionCause.NO_MEMORY, refused.cause());
        assertFalse(MemoryRejection.isForGood(refused));
    }

    @Test
    void oneThatDoesNotIsRefusedForGoodAndSaysALimitUnderWhichItCanBeReadAndWritten() {
        Rejected refused = rejection.of(MemoryUse.VALUE, 10 * MIB);
        assertTrue(MemoryRejection.isForGood(refused));
        assertEquals(
                "10485760 bytes never fit into requestMemoryMib of this replica, which is 16; 36 would be enough",
                refused.detail());
        MemoryBudget raised = new MemoryBudget(36L * MIB);
        assertTrue(raised.canEverHold(MemoryUse.VALUE, 10 * MIB));
        assertTrue(raised.canEverHold(MemoryUse.BODY, 2 * 10 * MIB));
    }

    @Test
    void aMessageIsJudgedByAllThatItIsChargedFor() {
        assertEquals(
                RejectionCause.NO_MEMORY,
                rejection.of(MemoryUse.INBOX, 8 * MIB, 16 * MIB).cause());
        assertEquals(
                RejectionCause.TOO_LARGE,
                rejection.of(MemoryUse.INBOX, 9 * MIB, 18 * MIB).cause());
    }
}
