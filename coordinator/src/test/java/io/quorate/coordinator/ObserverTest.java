package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final Key KEY = Key.of("k");
    private static final OperationOptions OPTIONS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, 100);

    private final MemoryCluster cluster = new MemoryCluster(1, "n1");
    private final VirtualTime time = cluster.time;
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void anObserverThatFailsDoesNotKeepTheOutcomeFromTheCaller() {
        Coordinator coordinator = coordinator((kind, key, options, outcome) -> {
            throw new IllegalStateException("a defect of the observer");
        });
        coordinator.write(KEY, Value.of("v"), OPTIONS, outcomes::add);
        assertThrows(IllegalStateException.class, () -> time.pass(50));
        assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
    }

    @Test
    void anObserverThatFailsKeepsTheOutcomeFromNoOtherObserver() {
        List<String> seen = new ArrayList<>();
        Coordinator coordinator = coordinator(OperationObserver.all(List.of(
                (kind, key, options, outcome) -> {
                    throw new IllegalStateException("a defect of the observer");
                },
                (kind, key, options, outcome) -> seen.add("second"))));
        coordinator.read(KEY, OPTIONS, outcomes::add);
        assertEquals(1, time.defectsWithin(50).size());
        assertEquals(List.of("second"), seen);
        assertInstanceOf(Outcome.Read.class, outcomes.get(0));
    }

    @Test
    void everyObserverReceivesTheOutcomeBeforeTheCaller() {
        List<String> order = new ArrayList<>();
        Coordinator coordinator = coordinator(OperationObserver.all(
                List.of((kind, key, options, outcome) -> order.add("first " + kind), (kind, key, options, outcome) -> {
                    assertEquals(Optional.of(KEY), key);
                    order.add("second " + kind);
                })));
        coordinator.read(KEY, OPTIONS, outcome -> order.add("caller"));
        time.pass(50);
        assertEquals(List.of("first READ", "second READ", "caller"), order);
    }

    private Coordinator coordinator(OperationObserver observer) {
        return new Coordinator(cluster.parts().withObserver(observer));
    }
}
