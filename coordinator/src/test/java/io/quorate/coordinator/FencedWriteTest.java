package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A coordinator whose clock is far behind writes below the fence of the replicas. */
class FencedWriteTest {
    private static final Key KEY = Key.of("k");
    private static final long FENCE = HybridClock.timestampOf(VirtualTime.START_MS + 3_600_000);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final Coordinator coordinator = cluster.coordinator();

    private Outcome write() {
        List<Outcome> outcomes = new ArrayList<>();
        OperationOptions options = new OperationOptions(ConsistencyLevel.ONE, 1_000);
        coordinator.write(KEY, Value.of("v"), options, outcomes::add);
        time.pass(1_500);
        return outcomes.get(0);
    }

    @Test
    void itSaysSoAndTheNextWriteIsAboveTheFence() {
        replicas.forEach(replica -> replica.fence = FENCE);
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, write());
        assertEquals(RefusalReason.FENCED, refused.reason());
        assertInstanceOf(Outcome.Applied.class, write());
    }

    @Test
    void anOverloadedReplicaBesideThemIsTheReasonThatPassesFirst() {
        replicas.forEach(replica -> replica.fence = FENCE);
        replicas.get(1).overloaded = true;
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, write());
        assertEquals(RefusalReason.OVERLOADED, refused.reason());
    }

    @Test
    void oneFenceBesideReplicasThatAreDownIsNotTheReason() {
        replicas.get(0).fence = FENCE;
        replicas.get(1).reachability = Reachability.DOWN;
        replicas.get(2).reachability = Reachability.DOWN;
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, write());
        assertEquals(RefusalReason.NO_QUORUM, refused.reason());
    }
}
