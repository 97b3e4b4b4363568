package io.quorate.client;

import java.util.Optional;

/**
 * How a write ended. It is one of four records, and a program has to decide about each. {@link #match} makes the
 * compiler ask for all of them.
 */
public sealed interface WriteResult {
    /**
     * The write has its effect, durably on a majority.
     *
     * @param version of the value, or of the delete. Empty after a delete of nothing
     * @param created whether there was no value before
     * @param replayed whether an earlier attempt had the effect already
     */
    record Applied(Optional<Version> version, boolean created, boolean replayed) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.applied(this);
        }
    }

    /**
     * The condition did not hold, and nothing was applied.
     *
     * @param current the version that the key was at. Empty if it was never written
     */
    record ConditionFailed(Optional<Version> current) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.conditionFailed(this);
        }
    }

    /**
     * Nothing was applied, and nothing will be.
     *
     * @param status of HTTP, or 0 if no node answered
     * @param why for people
     */
    record Refused(int status, String why) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(this);
        }
    }

    /**
     * The write may have been applied, or may still be. To find out, write the same again with this key, or read.
     *
     * @param why for people
     */
    record Unknown(String idempotencyKey, String why) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unknown(this);
        }
    }

    /** One method for each way that a write can end. */
    interface Cases<T> {
        T applied(Applied applied);

        T conditionFailed(ConditionFailed failed);

        T refused(Refused refused);

        T unknown(Unknown unknown);
    }

    <T> T match(Cases<T> cases);

    default boolean isApplied() {
        return this instanceof Applied;
    }

    /**
     * For a program that has no other plan.
     *
     * @throws NotAppliedException if the write ended in another way
     */
    default Applied orThrow() {
        if (this instanceof Applied applied) {
            return applied;
        }
        throw new NotAppliedException(this);
    }

    /** A write was not applied, or its outcome is unknown. */
    final class NotAppliedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient WriteResult result;

        private NotAppliedException(WriteResult result) {
            super(result.toString());
            this.result = result;
        }

        /** How it ended. Null only after this exception was serialised. */
        public WriteResult result() {
            return result;
        }
    }
}
