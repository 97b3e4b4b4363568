package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;

/** A replica misses a delete. A scan through its node must not show the value again. */
public final class ScanOfDeletedKey extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version value = key.write(1, "value");
        key.cutOff(3);
        key.delete(1);
        key.heal();
        Scanned page = Stage.require(Scanned.class, key.tryToScan(3));
        return page.entries().isEmpty() ? Optional.empty() : Optional.of(value + " was deleted and is shown: " + page);
    }
}
