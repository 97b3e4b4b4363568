package io.quorate.common.convergence;

import io.quorate.common.model.Coded;
import io.quorate.common.model.Version;

/**
 * What one replica holds of a key that may be forgotten.
 *
 * @param version of its tombstone, also of one that the replica has forgotten. {@link Version#ZERO} if it has none
 */
public record DeletionState(Kind kind, Version version) {
    public static final DeletionState OTHER = new DeletionState(Kind.OTHER, Version.ZERO);

    /** What is in the register. */
    public enum Kind implements Coded {
        /** Nothing, and no proposal is accepted. */
        ABSENT(0),
        /** A tombstone that the replica has forgotten, and no newer proposal is accepted. */
        FORGOTTEN(1),
        /** A tombstone, and no newer proposal is accepted. */
        TOMBSTONE(2),
        /** A value, or an accepted proposal. The key must not be forgotten. */
        OTHER(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }
}
