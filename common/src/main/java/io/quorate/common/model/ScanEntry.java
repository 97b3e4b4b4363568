package io.quorate.common.model;

import java.util.Optional;

/**
 * A register in a scan: with its value, or only with the facts about it.
 *
 * @param tombstone whether there is no value
 * @param expiresAtMs when the value expires, or {@link Value#NEVER_EXPIRES} if there is no value
 * @param record the whole register, or empty if it has a value and the scan did not ask for values
 * @param isUnsettled whether the replica has accepted a conditional write that is newer than the register
 */
public record ScanEntry(
        Key key, Version version, boolean tombstone, long expiresAtMs, Optional<Record> record, boolean isUnsettled) {
    /** The whole register. */
    public static ScanEntry of(Key key, Record record) {
        long expiresAtMs = record.expiresAtMs();
        return new ScanEntry(key, record.version(), record.isTombstone(), expiresAtMs, Optional.of(record), false);
    }

    /** The register without its value. */
    public static ScanEntry headOf(Key key, Record record) {
        return of(key, record).head();
    }

    /** This entry without its value. */
    public ScanEntry head() {
        return tombstone ? this : new ScanEntry(key, version, false, expiresAtMs, Optional.empty(), isUnsettled);
    }

    /** This entry, with a conditional write above it. */
    public ScanEntry unsettled() {
        return new ScanEntry(key, version, tombstone, expiresAtMs, record, true);
    }

    /** The value, or empty if there is none or the scan did not ask for it. */
    public Optional<Value> value() {
        return record.map(Record::content).filter(Value.class::isInstance).map(Value.class::cast);
    }
}
