package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import java.util.Optional;

/** A replica lost its store and its vote. It keeps what it receives, and a write must not count it. */
public final class WriteBesideEmptiedReplica extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.write(1, "value");
        key.empty(3);
        key.network().lose(Stored.class::isInstance);
        Outcome outcome = key.tryToWrite(1, "later");
        return outcome instanceof Applied applied
                ? Optional.of("a write counts " + applied.evidence().acked() + ", of which one has a vote")
                : Optional.empty();
    }
}
