package io.quorate.coordinator.api.cluster;

import io.quorate.common.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The checkpoints of the store in this process, if there is one. Safe for use by several threads. Never blocks. */
public interface Checkpoints {
    /** For a process without a store. */
    Checkpoints NONE =
            refusing(CheckpointRefusalReason.NO_STORE, "this process stores no data, so there is nothing to copy");

    /**
     * Makes a checkpoint beside the store, on a thread of its own choice.
     *
     * @param name has the form of a node's id
     * @param listener called once, on any thread
     */
    void make(NodeId name, Consumer<CheckpointResult> listener);

    /** Lists all of them. One of the two is called once, on any thread. */
    void list(Consumer<CheckpointList> found, Consumer<CheckpointRefused> refused);

    /** Deletes one. One of the two is called once, on any thread. */
    void delete(NodeId name, Runnable deleted, Consumer<CheckpointRefused> refused);

    /** For a process that can do nothing with checkpoints. */
    static Checkpoints refusing(CheckpointRefusalReason why, String detail) {
        CheckpointRefused refusal = new CheckpointRefused(why, detail);
        return new Checkpoints() {
            @Override
            public void make(NodeId name, Consumer<CheckpointResult> listener) {
                listener.accept(refusal);
            }

            @Override
            public void list(Consumer<CheckpointList> found, Consumer<CheckpointRefused> refused) {
                refused.accept(refusal);
            }

            @Override
            public void delete(NodeId name, Runnable deleted, Consumer<CheckpointRefused> refused) {
                refused.accept(refusal);
            }
        };
    }

    /**
     * All checkpoints of the node.
     *
     * @param max how many there may be
     */
    record CheckpointList(int max, List<ListedCheckpoint> checkpoints) {}

    /**
     * One of them.
     *
     * @param complete whether it can be restored. Otherwise a crash cut it off
     * @param bytes length of its files. On one file system it shares those of its tables with the store
     */
    record ListedCheckpoint(String name, boolean complete, long bytes, long tableCount, Instant made) {}

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

    /** Nothing was done, and nothing is left of it, except where {@code detail} says so. */
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
        /** There is none of this name. */
        ABSENT(404),
        /** There are as many as {@code checkpointsMax} allows. */
        TOO_MANY(409),
        /** The node makes or deletes another one. */
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
