package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * One replica holds a value, and another one a tombstone of the same version. No protocol makes that (I2), but a defect
 * may. Their digests must differ.
 */
public final class DigestOfADelete extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        Version version = new Version(seed, 1, 1, 0);
        SlotSet differing = digest(new Record(version, Value.of("value")))
                .build()
                .differences(digest(new Record(version, Tombstone.TOMBSTONE)).build());
        return Optional.of("I13: a value and a tombstone have the same digest").filter(any -> differing.isEmpty());
    }

    private static RangeDigestBuilder digest(Record record) {
        RangeDigestBuilder builder = new RangeDigestBuilder();
        builder.add(Key.of("key"), record, false);
        return builder;
    }
}
