package io.quorate.deploy.convergence;

import io.quorate.common.loop.LoopTurns;
import io.quorate.common.model.Key;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.node.convergence.antientropy.Settlement;

/** Settles keys by reads of the coordinator on the same event loop. */
public record CoordinatorSettlement(Coordinator coordinator, long timeoutMs) implements Settlement {
    @Override
    public void settle(Key key, Runnable settled) {
        coordinator.settle(
                key, new OperationOptions(ConsistencyLevel.LINEARIZABLE, timeoutMs), outcome -> settled.run());
    }

    @Override
    public boolean clientsWait() {
        return LoopTurns.current().filter(LoopTurns::clientsWait).isPresent();
    }
}
