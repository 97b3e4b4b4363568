package io.quorate.coordinator.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OutcomeKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The cluster is a queue: it does {@code rate} operations a millisecond, and an operation takes 1 ms at least. */
class ConcurrencyLimitTest {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(8_192);
    private double nowMs = 1_000;

    /** All that the limit admits is in flight, for so long. */
    private void saturate(double operationsPerMs, long forMs) {
        for (double endMs = nowMs + forMs; nowMs < endMs; nowMs += 1 / operationsPerMs) {
            limit.began(limit.limit());
            end(OperationKind.WRITE, Math.max(1, limit.limit() / operationsPerMs));
        }
    }

    private void end(OperationKind kind, double latencyMs) {
        limit.ended(kind, OutcomeKind.OK, (long) (latencyMs * 1e6), (long) (nowMs * 1e6));
    }

    /** As many as the cluster does within the latency that is tolerated, more or less. */
    private void assertLimitFor(double operationsPerMs, double least) {
        double right = operationsPerMs * (1 + ConcurrencyLimit.QUEUE_MS_MIN);
        assertTrue(
                limit.limit() >= least * right && limit.limit() <= 1.43 * right,
                () -> "limit " + limit.limit() + " where about " + right + " is right");
    }

    @Test
    void itBeginsLow() {
        assertEquals(ConcurrencyLimit.MIN, limit.limit());
    }

    @Test
    void itFindsTheConcurrencyThatKeepsTheQueueShort() {
        saturate(7, 5_000);
        assertLimitFor(7, 0.7);
    }

    @Test
    void aLastingOverloadDoesNotLiftIt() {
        saturate(7, 600_000);
        assertLimitFor(7, 0.23);
    }

    @Test
    void itFollowsAClusterThatBecomesSlowerAndFasterAgain() {
        saturate(20, 5_000);
        assertLimitFor(20, 0.66);
        saturate(5, 2_000);
        assertLimitFor(5, 0.66);
        saturate(20, 10_000);
        assertLimitFor(20, 0.66);
    }

    @Test
    void aLimitThatIsNotUsedDoesNotGrow() {
        for (int i = 0; i < 10_000; i++, nowMs++) {
            limit.began(3);
            end(OperationKind.READ, 1);
        }
        assertEquals(ConcurrencyLimit.MIN, limit.limit());
    }

    @Test
    void aDiskThatIsAlwaysSlowIsNoOverload() {
        for (int i = 0; i < 10_000; i++, nowMs++) {
            limit.began(limit.limit());
            end(OperationKind.WRITE, 300);
        }
        assertTrue(limit.limit() > ConcurrencyLimit.MIN, () -> "limit " + limit.limit());
    }

    @Test
    void aChangeFromReadsToSlowerWritesIsNoOverload() {
        for (int i = 0; i < 1_000; i++, nowMs++) {
            limit.began(limit.limit());
            end(OperationKind.READ, 1);
        }
        int before = limit.limit();
        for (int i = 0; i < 1_000; i++, nowMs++) {
            end(OperationKind.WRITE, 30);
        }
        assertTrue(limit.limit() >= before, () -> "limit " + limit.limit());
    }

    @Test
    void refusalsOfReplicasLowerItDownToItsLeast() {
        for (int i = 0; i < 100; i++) {
            nowMs += 100;
            limit.ended(OperationKind.WRITE, OutcomeKind.OVERLOADED, 0, (long) (nowMs * 1e6));
        }
        assertEquals(ConcurrencyLimit.MIN, limit.limit());
    }

    @Test
    void theUsualLatencyIsForgottenAfterAMinute() {
        UsualLatency usual = new UsualLatency();
        usual.add(1, 0);
        usual.add(5, TimeUnit.SECONDS.toNanos(31));
        assertEquals(1, usual.ns());
        usual.add(7, TimeUnit.SECONDS.toNanos(62));
        assertEquals(5, usual.ns());
    }
}
