package io.quorate.common.convergence;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;

/**
 * A register behind a digest, without its content.
 *
 * @param version {@link Version#ZERO} if it was never written
 * @param hasProposal whether the replica has accepted a conditional write above the register
 * @param hasExpired whether the value has expired, by the replica's clock
 * @param forgotten whether the replica has forgotten the tombstone, so that the key is absent
 */
public record ListedEntry(
        Key key, Version version, boolean tombstone, boolean hasProposal, boolean hasExpired, boolean forgotten) {
    public ListedEntry(Key key, Version version, boolean tombstone, boolean hasProposal, boolean hasExpired) {
        this(key, version, tombstone, hasProposal, hasExpired, false);
    }

    /** Whether a read has to settle the key. */
    public boolean isOpen() {
        return hasProposal || hasExpired;
    }
}
