package io.quorate.deploy.process;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.node.checkpoint.CheckpointOutcome;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure.FailureCause;
import io.quorate.node.checkpoint.StoreCheckpoints;
import io.quorate.node.checkpoint.StoredCheckpoint;
import java.time.Instant;
import java.util.function.Consumer;

/** The node's checkpoints as the API knows them. Node and coordinator do not import each other. */
record NodeCheckpoints(StoreCheckpoints checkpoints) implements Checkpoints {
    @Override
    public void make(NodeId name, Consumer<CheckpointResult> listener) {
        checkpoints.make(name, outcome -> listener.accept(result(outcome)));
    }

    @Override
    public void list(Consumer<CheckpointList> found, Consumer<CheckpointRefused> refused) {
        checkpoints.list(
                all -> found.accept(new CheckpointList(
                        checkpoints.max(),
                        all.stream().map(NodeCheckpoints::listed).toList())),
                failure -> refused.accept(refused(failure)));
    }

    private static ListedCheckpoint listed(StoredCheckpoint each) {
        return new ListedCheckpoint(
                each.name(), each.complete(), each.bytes(), each.tableCount(), Instant.ofEpochMilli(each.madeMs()));
    }

    @Override
    public void delete(NodeId name, Runnable deleted, Consumer<CheckpointRefused> refused) {
        checkpoints.delete(name, outcome -> result(outcome).handle(done -> deleted.run(), refused));
    }

    private static CheckpointRefused refused(CheckpointFailure failure) {
        return new CheckpointRefused(reason(failure.cause()), failure.detail());
    }

    private static CheckpointResult result(CheckpointOutcome outcome) {
        return outcome.map(
                done -> new Made(done.path(), done.bytes(), done.tableCount(), done.elapsedMs()),
                NodeCheckpoints::refused);
    }

    private static CheckpointRefusalReason reason(FailureCause cause) {
        return switch (cause) {
            case NO_VOTE -> CheckpointRefusalReason.NO_VOTE;
            case EXISTS -> CheckpointRefusalReason.EXISTS;
            case ABSENT -> CheckpointRefusalReason.ABSENT;
            case TOO_MANY -> CheckpointRefusalReason.TOO_MANY;
            case BUSY -> CheckpointRefusalReason.BUSY;
            case OVERLOADED -> CheckpointRefusalReason.OVERLOADED;
            case DISK_FULL -> CheckpointRefusalReason.DISK_FULL;
            case CLOSING -> CheckpointRefusalReason.CLOSING;
            case FAILED -> CheckpointRefusalReason.FAILED;
        };
    }
}
