package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.ExpiredValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I2: one version means one content and one request, over all registers and all chosen proposals. Merges drop the bytes
 * of a value long after its end. The rest counts as the same content.
 */
final class I2OneRecordPerVersion extends Invariant {
    private final Map<KeyVersion, Record> records = new HashMap<>();

    I2OneRecordPerVersion(Violations violations) {
        super(2, violations);
    }

    /** A register holds the record, or a majority has chosen it. Returns whether it is a new one. */
    boolean add(Key key, Record record) {
        Record known = records.putIfAbsent(new KeyVersion(key, record.version()), record);
        if (known != null && !isSame(known, record)) {
            violated(key + " at " + record.version() + " is " + record + " and was " + known);
        }
        return known == null;
    }

    static boolean isSame(Record one, Record other) {
        return one.equals(other)
                || (isRestOf(one, other) || isRestOf(other, one)) && one.equals(other.withContent(one.content()));
    }

    private static boolean isRestOf(Record one, Record whole) {
        return one.content().equals(ExpiredValues.ENDED)
                && whole.content() instanceof Value value
                && value.expiresAtMs() != Value.NEVER_EXPIRES;
    }

    Optional<Record> at(Key key, Version version) {
        return version.equals(Version.ZERO)
                ? Optional.of(Record.NEVER_WRITTEN)
                : Optional.ofNullable(records.get(new KeyVersion(key, version)));
    }
}
