package io.quorate.coordinator;

import io.quorate.coordinator.operation.Outcome;
import java.util.function.Consumer;

/**
 * Limits how many operations are in flight. An operation beyond the limit must be refused, so that a slow cluster
 * cannot fill the heap of a coordinator. Used on one event loop only.
 */
final class Admission {
    private final int max;
    private int inFlight;

    Admission(int max) {
        this.max = max;
    }

    boolean isFull() {
        return inFlight >= max;
    }

    /**
     * Admits an operation. It ends when the returned listener receives its outcome. The place is free again before
     * {@code listener} receives the outcome, so the listener may start the next operation.
     */
    Consumer<Outcome> admit(Consumer<Outcome> listener) {
        assert !isFull() : inFlight;
        inFlight++;
        return outcome -> {
            assert inFlight > 0 : "an operation ended twice";
            inFlight--;
            listener.accept(outcome);
        };
    }

    int inFlight() {
        return inFlight;
    }
}
