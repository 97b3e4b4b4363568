package io.quorate.node.checkpoint;

import java.util.function.Function;

/** The end of an attempt to make a checkpoint. */
public sealed interface CheckpointOutcome {
    /**
     * Turns the outcome into something else. A further case does not compile until every caller has decided about it.
     */
    <T> T map(Function<CheckpointDone, T> done, Function<CheckpointFailure, T> failure);

    /**
     * The checkpoint is there, durably.
     *
     * @param path its directory
     * @param bytes length of its files. On one file system it shares those of its tables with the store
     */
    record CheckpointDone(String path, long bytes, long tableCount, long elapsedMs) implements CheckpointOutcome {
        @Override
        public <T> T map(Function<CheckpointDone, T> done, Function<CheckpointFailure, T> failure) {
            return done.apply(this);
        }
    }

    /** There is no checkpoint, and nothing is left of it, except where {@code detail} says so. */
    record CheckpointFailure(FailureCause cause, String detail) implements CheckpointOutcome {
        @Override
        public <T> T map(Function<CheckpointDone, T> done, Function<CheckpointFailure, T> failure) {
            return failure.apply(this);
        }

        public enum FailureCause {
            /** The replica has no vote, so it does not hold all that it acknowledged. */
            NO_VOTE,
            /** There is a directory of this name. */
            EXISTS,
            /** The node makes another one. */
            BUSY,
            /** Too much waits for the disk. */
            OVERLOADED,
            DISK_FULL,
            CLOSING,
            FAILED
        }
    }
}
