package io.quorate.coordinator.operation.bundle;

import io.quorate.common.model.Key;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import java.util.HashMap;
import java.util.Map;

/** The functions that wait at one coordinator, by their keys. The event loop of the coordinator owns it. */
public final class FunctionQueues implements FunctionOperation.FunctionTurns {
    private final VersionMint versions;
    private final ProposerQueues turns;
    private final Map<Key, FunctionQueue> queues = new HashMap<>();

    public FunctionQueues(VersionMint versions, ProposerQueues turns) {
        this.versions = versions;
        this.turns = turns;
    }

    /** Whether a function on this key waits for its bundle, so that one more is applied together with it. */
    public boolean isAnyWaiting(Key key) {
        FunctionQueue queue = queues.get(key);
        return queue != null && queue.isAnyWaiting();
    }

    @Override
    public void enter(FunctionOperation function) {
        FunctionQueue queue = queues.get(function.key());
        if (queue != null) {
            queue.enter(function);
            return;
        }
        Key key = function.key();
        FunctionQueue first = new FunctionQueue(function, versions, turns, () -> queues.remove(key));
        queues.put(key, first);
        first.start();
    }

    @Override
    public void leave(FunctionOperation function) {
        queues.get(function.key()).leave(function);
    }

    @Override
    public Outcome withoutResult(FunctionOperation function) {
        return queues.get(function.key()).withoutResult(function);
    }
}
