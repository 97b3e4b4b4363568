package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Value;
import io.quorate.common.placement.Placement;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A pass settles as many keys at the same time as it may, on the event loop that serves clients. */
class SettlementBesideClientsTest {
    private static final int SETTLED = 64;
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final List<MemoryReplica> replicas = IntStream.rangeClosed(1, 3)
            .mapToObj(number -> new MemoryReplica(new NodeId("n" + number), time, random))
            .toList();
    private final Coordinator coordinator = new Coordinator(new CoordinatorParts(
            replicas.get(0).id(),
            new ClusterMembers(
                    new Placement(replicas.stream().map(MemoryReplica::id).toList()), replicas),
            time.sources(),
            random));
    private final List<Outcome> settled = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void keysThatAreSettledTakeNoPlacesOfClients() {
        settle();
        assertEquals(0, coordinator.inFlight());
        assertTrue(coordinator.takesMore());
        coordinator.write(Key.of("k"), Value.of("v"), OPTIONS, outcomes::add);
        assertEquals(1, coordinator.inFlight());
        time.pass(200);
        assertEquals(SETTLED, settled.size());
        assertEquals(1, outcomes.size());
        assertEquals(0, coordinator.inFlight());
    }

    private void settle() {
        for (int i = 0; i < SETTLED; i++) {
            coordinator.settle(Key.of("expired" + i), OPTIONS, settled::add);
        }
    }
}
