package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * One of three replicas takes requests and never answers, under virtual time. The first is local to the coordinator.
 */
class SlowReplicaTest {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 2_000);
    /** More than the savings of the budget, at two queries of which one asks the late replica. */
    private static final int OPERATIONS = 2_000;

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator;
    private Outcome outcome;

    SlowReplicaTest() {
        replicas.get(0).isLocal = true;
        coordinator = cluster.coordinator();
        write("v0");
        time.pass(10);
    }

    @Test
    void aSlowReplicaIsNotAskedByReadsAndCostsNoHedge() {
        becomesLate(2).reachability = Reachability.SLOW;
        replicas.get(2).asked = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            assertTrue(msOf(this::read) < 10);
        }
        assertEquals(0, replicas.get(2).asked);
        assertEquals(0, coordinator.hedges());
    }

    @Test
    void aLocalReplicaThatIsSlowIsAskedAfterThePeers() {
        becomesLate(0).reachability = Reachability.SLOW;
        for (int i = 0; i < 100; i++) {
            assertTrue(msOf(() -> write("v")) < 20);
            assertTrue(msOf(this::read) < 10);
        }
        assertEquals(0, coordinator.hedges());
    }

    @Test
    void aReadThatProbesDoesNotWait() {
        becomesLate(2).reachability = Reachability.SLOW;
        replicas.get(2).needsProbe = true;
        replicas.get(2).asked = 0;
        assertTrue(msOf(this::read) < 10);
        assertEquals(1, replicas.get(2).asked);
    }

    /** Found with real processes: the budget for hedges ran out, and a round that was denied one waited for ever. */
    @Test
    void withoutABudgetARequestStillGoesAroundAReplicaThatIsOverdue() {
        MemoryReplica late = becomesLate(2);
        for (int i = 0; i < OPERATIONS; i++) {
            // It is known to be late only some time after it was asked, and forgotten before the next request.
            late.overdue = false;
            time.afterNs(TimeUnit.MILLISECONDS.toNanos(30), () -> late.overdue = true);
            assertTrue(msOf(this::read) < 80, "read " + i);
        }
        assertTrue(coordinator.hedges() >= OPERATIONS / 3);
    }

    @Test
    void withoutABudgetAndWithoutABetterReplicaARequestTriesAgainToSpendAHedge() {
        becomesLate(2);
        for (int i = 0; i < OPERATIONS; i++) {
            coordinator.read(KEY, OPTIONS, any -> {});
        }
        time.pass(20);
        assertTrue(coordinator.hedgesDenied() > 0);
        // Other requests earn what the ones that wait need.
        replicas.get(2).reachability = Reachability.SLOW;
        for (int i = 0; i < 10_000; i++) {
            msOf(this::read);
        }
        assertEquals(0, coordinator.inFlight());
    }

    @Test
    void aReadDoesNotWaitForAReturnedReplicaThatIsLate() {
        MemoryReplica late = becomesLate(2);
        late.reachability = Reachability.RETURNED;
        late.overdue = true;
        assertTrue(msOf(this::read) < 50);
    }

    private MemoryReplica becomesLate(int replica) {
        replicas.get(replica).silent = true;
        return replicas.get(replica);
    }

    private void read() {
        run(listener -> coordinator.read(KEY, OPTIONS, listener));
        assertInstanceOf(Read.class, outcome);
    }

    private void write(String value) {
        run(listener -> coordinator.write(KEY, Value.of(value), OPTIONS, listener));
        assertInstanceOf(Applied.class, outcome);
    }

    private long msOf(Runnable operation) {
        long startNs = time.monotonicNs();
        operation.run();
        return TimeUnit.NANOSECONDS.toMillis(time.monotonicNs() - startNs);
    }

    private void run(Consumer<Consumer<Outcome>> operation) {
        outcome = null;
        operation.accept(result -> outcome = result);
        for (int ms = 0; outcome == null && ms <= 2_000; ms++) {
            time.pass(1);
        }
    }
}
