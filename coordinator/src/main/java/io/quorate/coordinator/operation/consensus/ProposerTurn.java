package io.quorate.coordinator.operation.consensus;

/** A conditional write in the queue of its key. */
interface ProposerTurn {
    /** @param hasWaited whether other writes were before it */
    void take(boolean hasWaited);

    /** Also while it waits. It may leave the queue at once. */
    void learn(Observation observation);
}
