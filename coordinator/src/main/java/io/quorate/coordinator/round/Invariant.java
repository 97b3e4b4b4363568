package io.quorate.coordinator.round;

/**
 * Checks the invariants that the protocol numbers, in production too. One that does not hold is a bug: the operation
 * stops where it is, and its deadline ends it.
 */
public final class Invariant {
    private Invariant() {}

    public static void require(boolean holds, String invariant) {
        if (!holds) {
            throw new AssertionError("the protocol is violated: " + invariant);
        }
    }
}
