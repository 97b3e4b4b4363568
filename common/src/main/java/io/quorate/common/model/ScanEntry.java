package io.quorate.common.model;

import java.util.Optional;

/**
 * A register as a scan shows it: with its value, or with what is to be known of the value without it.
 *
 * @param tombstone whether there is no value
 * @param expiresAtMs of the value; {@link Value#NEVER_EXPIRES} if there is none
 * @param record the whole register; empty if it has a value and that was not asked for
 * @param isUnsettled whether the replica has accepted a conditional write that is newer than the register
 */
public record ScanEntry(
        Key key, Version version, boolean tombstone, long expiresAtMs, Optional<Record> record, boolean isUnsettled) {
    /** The whole register. */
    public static ScanEntry of(Key key, Record record) {
        long expiresAtMs = record.content() instanceof Value value ? value.expiresAtMs() : Value.NEVER_EXPIRES;
        return new ScanEntry(key, record.version(), record.isTombstone(), expiresAtMs, Optional.of(record), false);
    }

    /** The register without its value. */
    public static ScanEntry headOf(Key key, Record record) {
        return of(key, record).head();
    }

    /** This without its value. */
    public ScanEntry head() {
        return tombstone ? this : new ScanEntry(key, version, false, expiresAtMs, Optional.empty(), isUnsettled);
    }

    /** This with a conditional write above it. */
    public ScanEntry unsettled() {
        return new ScanEntry(key, version, tombstone, expiresAtMs, record, true);
    }

    /** The value; empty if there is none or it was not asked for. */
    public Optional<Value> value() {
        return record.map(Record::content).filter(Value.class::isInstance).map(Value.class::cast);
    }
}
