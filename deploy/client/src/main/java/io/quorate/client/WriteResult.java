package io.quorate.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a write ended. It is one of four records, and a program has to decide about each. {@link #match} makes the
 * compiler ask for all of them.
 */
public sealed interface WriteResult {
    /**
     * The write has its effect, durably on a majority.
     *
     * @param version of the value, or of the delete. Empty after a delete of nothing, and after a {@link Change} if
     *     another one came right behind it: then no version has the value that this one made
     * @param created whether there was no value before
     * @param replayed whether an earlier attempt had the effect already
     * @param sum what an {@code add} made. Empty after anything else, and if the first answer was lost and others have
     *     changed the key since
     */
    record Applied(Optional<Version> version, boolean created, boolean replayed, OptionalLong sum)
            implements WriteResult {
        public Applied(Optional<Version> version, boolean created, boolean replayed) {
            this(version, created, replayed, OptionalLong.empty());
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.applied(this);
        }
    }

    /**
     * The condition did not hold, or the {@link Change} did not go, and nothing was applied.
     *
     * @param current the version that the key was at. Empty if it was never written, or if no version is known
     * @param reason why a change did not go, such as {@code out_of_bounds}. Empty of a condition, and if it is told
     *     again
     */
    record ConditionFailed(Optional<Version> current, Optional<String> reason) implements WriteResult {
        public ConditionFailed(Optional<Version> current) {
            this(current, Optional.empty());
        }

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
     * @param idempotencyKey empty if the write had none
     * @param why for people
     */
    record Unknown(Optional<String> idempotencyKey, String why) implements WriteResult {
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
