package io.quorate.coordinator.api.cluster;

import io.quorate.common.model.NodeId;
import java.util.function.Consumer;

/** Makes checkpoints of the store in this process, if there is one. Safe for use by several threads. */
public interface Checkpoints {
    /** Of a process without a store. */
    Checkpoints NONE = (name, listener) -> listener.accept(new CheckpointRefused(
            CheckpointRefusalReason.NO_STORE, "this process keeps no data, so there is nothing to copy"));

    /**
     * Makes one beside the store, on a thread of its own choice; never blocks.
     *
     * @param name has the form of a node's id
     * @param listener called once, on any thread
     */
    void make(NodeId name, Consumer<CheckpointResult> listener);

    sealed interface CheckpointResult {}

    /**
     * It is there, durably.
     *
     * @param path its directory, on the machine of this process
     * @param bytes how long its files are; on one file system it shares those of its tables with the store
     */
    record Made(String path, long bytes, long tableCount, long elapsedMs) implements CheckpointResult {}

    /** There is none, and nothing is left of it, except where {@code detail} says so. */
    record CheckpointRefused(CheckpointRefusalReason why, String detail) implements CheckpointResult {}

    enum CheckpointRefusalReason {
        NO_STORE(421),
        /** The replica has no vote, so what it holds is not all that it acknowledged. */
        NO_VOTE(409),
        /** There is something of this name. */
        EXISTS(409),
        /** One at a time. */
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
