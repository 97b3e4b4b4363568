package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads that there is no memory for end at once, so they do not show that the cluster is busy. */
class LimitWithoutMemoryTest {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);
    private static final int MEMORY_BYTES = 16 << 20;
    private static final int AT_ONCE = 40;

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final List<MemoryReplica> replicas = cluster.replicas;
    private final MemoryBudget memory = new MemoryBudget(MEMORY_BYTES);
    private final Coordinator coordinator = new Coordinator(cluster.parts().withMemory(memory));
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void readsThatThisProcessHasNoMemoryForLeaveTheLimitAsItIs() {
        int grown = grownLimit();
        memory.add(MemoryUse.INBOX, MEMORY_BYTES);
        readForAWhile();
        assertRefusedForMemory();
        assertEquals(grown, coordinator.limit());
    }

    @Test
    void readsThatReplicasHaveNoMemoryForLeaveTheLimitAsItIs() {
        int grown = grownLimit();
        replicas.forEach(replica -> replica.withoutMemory = true);
        readForAWhile();
        assertRefusedForMemory();
        assertEquals(grown, coordinator.limit());
    }

    private int grownLimit() {
        coordinator.write(KEY, Value.of("v".repeat(1_000)), OPTIONS, outcomes::add);
        time.pass(200);
        int first = coordinator.limit();
        readForAWhile();
        int grown = coordinator.limit();
        assertTrue(grown > first, () -> "it stayed at " + first);
        outcomes.clear();
        return grown;
    }

    private void assertRefusedForMemory() {
        assertEquals(
                RefusalReason.NO_MEMORY,
                assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).reason());
    }

    private void readForAWhile() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < AT_ONCE; i++) {
                coordinator.read(KEY, OPTIONS, outcomes::add);
            }
            time.pass(100);
        }
    }
}
