package io.quorate.common.model;

import java.util.Optional;

/**
 * A register as a scan shows it: with its value, or with what is to be known of the value without it.
 *
 * @param tombstone whether there is no value
 * @param expiresAtMs of the value; {@link Value#NEVER_EXPIRES} if there is none
 * @param value empty if there is none or it was not asked for
 */
public record Entry(Key key, Version version, boolean tombstone, long expiresAtMs, Optional<Value> value) {
    /** The whole register. */
    public static Entry of(Key key, Record record) {
        return record.content() instanceof Value value
                ? new Entry(key, record.version(), false, value.expiresAtMs(), Optional.of(value))
                : new Entry(key, record.version(), true, Value.NEVER_EXPIRES, Optional.empty());
    }

    /** The register without its value. */
    public static Entry headOf(Key key, Record record) {
        return of(key, record).head();
    }

    /** This without its value. */
    public Entry head() {
        return new Entry(key, version, tombstone, expiresAtMs, Optional.empty());
    }

    /** What the register holds; empty if that is a value and was not asked for. */
    public Optional<Record> record() {
        return tombstone
                ? Optional.of(new Record(version, Tombstone.TOMBSTONE))
                : value.map(held -> new Record(version, held));
    }

    /** Whether there is a value to be read at this time. */
    public boolean isLiveAt(long wallMs) {
        return !tombstone && wallMs < expiresAtMs;
    }
}
