package io.quorate.node.convergence.forgetting;

import io.quorate.common.wire.Message.Deleted;
import java.util.function.BooleanSupplier;

/**
 * @param isAllowed whether all members agreed, durably, on the list of members and on the disk of each
 * @param quietMs how old a delete is at least when it is forgotten. A write that takes longer than that is refused
 * @param answerTimeoutMs after which a member counts as not answering
 * @param listedKeysMax how many keys are listed at once, at most {@link Deleted#ENTRIES_MAX}
 * @param roundKeysMax how many of these one round forgets. Clients wait behind what it writes
 */
public record ForgettingOptions(
        BooleanSupplier isAllowed, long quietMs, long answerTimeoutMs, int listedKeysMax, int roundKeysMax) {
    private static final int ROUND_KEYS = 100;

    /** @throws IllegalArgumentException if a round would take no keys, or a list would have too many */
    public ForgettingOptions {
        if (listedKeysMax < 1 || listedKeysMax > Deleted.ENTRIES_MAX) {
            throw new IllegalArgumentException(listedKeysMax + " listed keys, allowed is 1 to " + Deleted.ENTRIES_MAX);
        }
        if (roundKeysMax < 1) {
            throw new IllegalArgumentException("rounds of " + roundKeysMax + " keys");
        }
    }

    public ForgettingOptions(BooleanSupplier isAllowed, long quietMs, long answerTimeoutMs) {
        this(isAllowed, quietMs, answerTimeoutMs, Deleted.ENTRIES_MAX, ROUND_KEYS);
    }
}
