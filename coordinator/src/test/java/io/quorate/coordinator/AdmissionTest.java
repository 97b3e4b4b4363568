package io.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Outcome OUTCOME =
            new Outcome.Refused(RefusalReason.OVERLOADED, new Evidence(new NodeId("n1"), List.of(), 1, 0));

    private final Admission admission = new Admission(2);
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void operationsAreAdmittedUpToTheLimit() {
        assertFalse(admission.isFull());
        admission.admit(outcomes::add);
        assertFalse(admission.isFull());
        admission.admit(outcomes::add);
        assertTrue(admission.isFull());
        assertEquals(2, admission.inFlight());
        assertEquals(List.of(), outcomes);
    }

    @Test
    void anOperationThatEndsMakesRoom() {
        Consumer<Outcome> first = admission.admit(outcomes::add);
        admission.admit(outcomes::add);
        first.accept(OUTCOME);
        assertFalse(admission.isFull());
        assertEquals(1, admission.inFlight());
        assertEquals(List.of(OUTCOME), outcomes);
    }

    @Test
    void theCallerMayStartTheNextOperationWhenItReceivesAnOutcome() {
        admission.admit(outcomes::add);
        Consumer<Outcome> last = admission.admit(outcome -> {
            assertFalse(admission.isFull());
            admission.admit(outcomes::add);
        });
        last.accept(OUTCOME);
        assertEquals(2, admission.inFlight());
    }
}
