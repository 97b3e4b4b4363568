package io.quorate.coordinator.operation.bundle;

import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerQueues;

/**
 * The functions on one key, and the bundle that takes them. There is a bundle as long as a function waits. Between two
 * bundles, other conditional writes on the key have their turn.
 */
final class FunctionQueue {
    private final VersionMint versions;
    private final ProposerQueues turns;
    private final Runnable whenEmpty;
    private final WaitingFunctions waiting = new WaitingFunctions();
    private BundleOperation bundle;

    FunctionQueue(FunctionOperation first, VersionMint versions, ProposerQueues turns, Runnable whenEmpty) {
        this.versions = versions;
        this.turns = turns;
        this.whenEmpty = whenEmpty;
        this.bundle = bundle(first);
        waiting.add(first);
    }

    private BundleOperation bundle(FunctionOperation first) {
        return new BundleOperation(first, versions, turns, waiting, this::ended);
    }

    /** Begins the first bundle. It may end at once. */
    void start() {
        bundle.start();
    }

    void enter(FunctionOperation function) {
        waiting.add(function);
    }

    /** Those of the bundle that is under way wait no longer. */
    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    void leave(FunctionOperation function) {
        waiting.remove(function);
        bundle.left(function);
    }

    Outcome withoutResult(FunctionOperation function) {
        return bundle.withoutResult(function);
    }

    /** A function that enters while the members get their outcomes waits for the next bundle. */
    private void ended(Outcome outcome) {
        bundle.deliver(outcome);
        if (waiting.isEmpty()) {
            whenEmpty.run();
        } else {
            bundle = bundle(waiting.first());
            bundle.start();
        }
    }
}
