package io.quorate.deploy.process;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.node.checkpoint.CheckpointOutcome;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure.FailureCause;
import io.quorate.node.checkpoint.StoreCheckpoints;
import java.util.function.Consumer;

/** The node's checkpoints as the API knows them. Node and coordinator do not import each other. */
record NodeCheckpoints(StoreCheckpoints checkpoints) implements Checkpoints {
    @Override
    public void make(NodeId name, Consumer<CheckpointResult> listener) {
        checkpoints.make(name, outcome -> listener.accept(result(outcome)));
    }

    private static CheckpointResult result(CheckpointOutcome outcome) {
        return outcome.map(
                done -> new Made(done.path(), done.bytes(), done.tableCount(), done.elapsedMs()),
                failure -> new CheckpointRefused(reason(failure.cause()), failure.detail()));
    }

    private static CheckpointRefusalReason reason(FailureCause cause) {
        return switch (cause) {
            case NO_VOTE -> CheckpointRefusalReason.NO_VOTE;
            case EXISTS -> CheckpointRefusalReason.EXISTS;
            case BUSY -> CheckpointRefusalReason.BUSY;
            case OVERLOADED -> CheckpointRefusalReason.OVERLOADED;
            case DISK_FULL -> CheckpointRefusalReason.DISK_FULL;
            case CLOSING -> CheckpointRefusalReason.CLOSING;
            case FAILED -> CheckpointRefusalReason.FAILED;
        };
    }
}
