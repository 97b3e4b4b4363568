package io.quorate.node.checkpoint;

import java.util.function.Function;

/** The end of an attempt to make or to delete a checkpoint. */
public sealed interface CheckpointOutcome {
    /**
     * Turns the outcome into something else. A further case does not compile until every caller has decided about it.
     */
    <T> T map(Function<CheckpointDone, T> done, Function<CheckpointFailure, T> failure);

    /**
     * The checkpoint is there, durably, or was there until it was deleted.
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

    /**
     * Nothing was made, or deleted, and nothing is left of what was to be made, except where {@code detail} says so.
     */
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
            /** There is no directory of this name. */
            ABSENT,
            /** There are as many as there may be. */
            TOO_MANY,
            /** The node makes or deletes another one. */
            BUSY,
            /** Too much waits for the disk. */
            OVERLOADED,
            DISK_FULL,
            CLOSING,
            FAILED
        }
    }
}
