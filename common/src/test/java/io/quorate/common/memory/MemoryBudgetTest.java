package io.quorate.common.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long LIMIT = 1 << 20;
    private static final long CLIENTS = LIMIT * 3 / 4;

    private final MemoryBudget budget = new MemoryBudget(LIMIT);

    @Test
    void clientsLeaveAQuarterToPeers() {
        while (budget.tryAdd(MemoryUse.BODY, 1)) {
            budget.add(MemoryUse.BODY, 1023);
        }
        assertTrue(budget.inUseBytes() <= CLIENTS + 1024, budget::toString);
        assertTrue(budget.tryAdd(MemoryUse.INBOX, LIMIT / 8));
    }

    @Test
    void peersMayFillTheWholeBudgetAndNoMore() {
        assertTrue(budget.tryAdd(MemoryUse.INBOX, LIMIT));
        assertFalse(budget.tryAdd(MemoryUse.OUTBOX, 1));
    }

    @Test
    void theLargestAskersLoseFirst() {
        long large = LIMIT / 16;
        while (budget.tryAdd(MemoryUse.BODY, large)) {
            assertTrue(budget.inUseBytes() <= CLIENTS, budget::toString);
        }
        assertTrue(budget.tryAdd(MemoryUse.BODY, large / 16), "a small one finds room beside large ones");
        assertFalse(budget.tryAdd(MemoryUse.BODY, large));
    }

    @Test
    void aRefusalChargesNothingAndIsCounted() {
        assertFalse(budget.tryAdd(MemoryUse.BATCH, LIMIT));
        assertFalse(budget.tryAddQuietly(MemoryUse.BATCH, LIMIT));
        assertEquals(0, budget.inUseBytes());
        assertEquals(1, budget.refusals(MemoryUse.BATCH));
        assertEquals(0, budget.refusals(MemoryUse.BODY));
    }

    @Test
    void theLeastLimitForARequestHoldsItAndOneMibLessDoesNot() {
        for (long bytes : new long[] {1, 1 << 20, 5_333_333, 64 << 20, 128 << 20}) {
            long mib = MemoryBudget.limitMibFor(bytes);
            assertTrue(new MemoryBudget(mib << 20).canEverHold(MemoryUse.BODY, bytes), () -> bytes + " in " + mib);
            assertTrue(
                    mib == 1 || !new MemoryBudget((mib - 1) << 20).canEverHold(MemoryUse.BODY, bytes),
                    () -> bytes + " in one less than " + mib);
        }
    }

    @Test
    void aRequestBeyondItsShareCanNeverBeHeld() {
        assertFalse(budget.canEverHold(MemoryUse.BODY, CLIENTS));
        assertTrue(budget.canEverHold(MemoryUse.BODY, CLIENTS / 2));
        assertTrue(budget.canEverHold(MemoryUse.INBOX, LIMIT));
        assertFalse(budget.canEverHold(MemoryUse.INBOX, LIMIT + 1));
    }

    @Test
    void bytesThatExistAlreadyPassTheLimit() {
        budget.add(MemoryUse.OUTBOX, 2 * LIMIT);
        assertFalse(budget.tryAdd(MemoryUse.BODY, 1));
        budget.giveBack(MemoryUse.OUTBOX, 2 * LIMIT);
        assertTrue(budget.tryAdd(MemoryUse.BODY, 1));
    }

    @Test
    void aReservationIsGivenBackExactlyOnce() {
        Reservation reservation = new Reservation(budget, MemoryUse.ANSWER);
        assertTrue(reservation.tryGrow(100));
        reservation.grow(50);
        reservation.shrink(30);
        assertEquals(120, budget.inUseBytes(MemoryUse.ANSWER));
        reservation.close();
        assertEquals(0, budget.inUseBytes());
        assertThrows(AssertionError.class, reservation::close);
    }

    @Test
    void moreIsNotGivenBackThanWasCharged() {
        budget.add(MemoryUse.BODY, 10);
        assertThrows(AssertionError.class, () -> budget.giveBack(MemoryUse.BODY, 11));
    }

    @Test
    void manyThreadsNeverPassTheLimitAndLeaveNothing() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(this::takeAndGiveBack));
        }
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((where, what) -> failures.add(what)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertEquals(0, budget.inUseBytes());
    }

    private void takeAndGiveBack() {
        for (int i = 0; i < 20_000; i++) {
            long bytes = 1 + i % (LIMIT / 8);
            if (budget.tryAdd(MemoryUse.INBOX, bytes)) {
                assertTrue(budget.inUseBytes() <= LIMIT);
                budget.giveBack(MemoryUse.INBOX, bytes);
            }
        }
    }
}
