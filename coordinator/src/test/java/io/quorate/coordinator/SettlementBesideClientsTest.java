package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pass settles as many keys at the same time as it may, on the event loop that serves clients. */
class SettlementBesideClientsTest {
    private static final int SETTLED = 64;
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster();
    private final VirtualTime time = cluster.time;
    private final Coordinator coordinator = cluster.coordinator();
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
