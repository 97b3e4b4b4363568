package io.quorate.coordinator.api.cluster;

import io.quorate.common.model.NodeId;
import java.util.function.Consumer;

/** Makes checkpoints of the store in this process, if there is one. Safe for use by several threads. */
public interface Checkpoints {
    /** For a process without a store. */
    Checkpoints NONE = (name, listener) -> listener.accept(new CheckpointRefused(
            CheckpointRefusalReason.NO_STORE, "this process stores no data, so there is nothing to copy"));

    /**
     * Makes a checkpoint beside the store, on a thread of its own choice. Never blocks.
     *
     * @param name has the form of a node's id
     * @param listener called once, on any thread
     */
    void make(NodeId name, Consumer<CheckpointResult> listener);

    sealed interface CheckpointResult {
        /** Calls the consumer of this case. A further case does not compile until every caller has decided about it. */
        void handle(Consumer<Made> made, Consumer<CheckpointRefused> refused);
    }

    /**
     * The checkpoint is there, durably.
     *
     * @param path its directory, on the machine of this process
     * @param bytes length of its files. On one file system it shares those of its tables with the store
     */
    record Made(String path, long bytes, long tableCount, long elapsedMs) implements CheckpointResult {
        @Override
        public void handle(Consumer<Made> made, Consumer<CheckpointRefused> refused) {
            made.accept(this);
        }
    }

    /** There is no checkpoint, and nothing is left of it, except where {@code detail} says so. */
    record CheckpointRefused(CheckpointRefusalReason why, String detail) implements CheckpointResult {
        @Override
        public void handle(Consumer<Made> made, Consumer<CheckpointRefused> refused) {
            refused.accept(this);
        }
    }

    enum CheckpointRefusalReason {
        NO_STORE(421),
        /** The replica has no vote, so it does not hold all that it acknowledged. */
        NO_VOTE(409),
        /** There is a directory of this name. */
        EXISTS(409),
        /** The node makes another one. */
        BUSY(409),
        /** Too much waits for the disk. */
        OVERLOADED(429),
        DISK_FULL(507),
        CLOSING(503),
        FAILED(500);

        final int status;

        CheckpointRefusalReason(int status) {
            this.status = status;
        }
    }
}
