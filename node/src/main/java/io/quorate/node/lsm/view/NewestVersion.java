package io.quorate.node.lsm.view;

import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;

/**
 * The newest record of a key without its content.
 *
 * @param expiresAtMs as in {@link Record#expiresAtMs}
 */
public record NewestVersion(Version version, boolean tombstone, long expiresAtMs) {
    /** No value has this expiry. */
    private static final long TOMBSTONE = -1;

    static NewestVersion of(Version version, long life) {
        boolean tombstone = life == TOMBSTONE;
        return new NewestVersion(version, tombstone, tombstone ? Value.NEVER_EXPIRES : life);
    }

    /** Its expiry, and whether it is a tombstone, in one number. */
    static long life(Record record) {
        return record.isTombstone() ? TOMBSTONE : record.expiresAtMs();
    }
}
