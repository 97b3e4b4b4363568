package io.quorate.node.convergence.forgetting;

import io.quorate.common.wire.Message.Deleted;
import java.util.function.BooleanSupplier;

/**
 * @param isAllowed whether all members agreed, durably, on the list of members and on the disk of each
 * @param quietMs how old a delete is at least when it is forgotten. A write that takes longer than that is refused
 * @param answerTimeoutMs after which a member counts as not answering
 * @param roundKeysMax how many keys one round forgets, at most {@link Deleted#ENTRIES_MAX}
 */
public record ForgettingOptions(BooleanSupplier isAllowed, long quietMs, long answerTimeoutMs, int roundKeysMax) {
    /** @throws IllegalArgumentException if a round would take no keys, or more than a list has */
    public ForgettingOptions {
        if (roundKeysMax < 1 || roundKeysMax > Deleted.ENTRIES_MAX) {
            throw new IllegalArgumentException(roundKeysMax + " keys, allowed is 1 to " + Deleted.ENTRIES_MAX);
        }
    }

    public ForgettingOptions(BooleanSupplier isAllowed, long quietMs, long answerTimeoutMs) {
        this(isAllowed, quietMs, answerTimeoutMs, Deleted.ENTRIES_MAX);
    }
}
