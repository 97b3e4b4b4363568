package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;

/**
 * A conditional write creates a key. Its coordinator dies before any STORE leaves it. So the write is chosen, and only
 * the acceptors of the others know the key. A scan and a read through them must find it.
 */
public final class ChosenWithoutStore extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        Read read = created(seed).readPatiently(2);
        if (read.record().isTombstone()) {
            return Optional.of("I1: a read misses a key that was created: " + read);
        }
        Scanned page = created(seed).scanPatiently(3);
        return Optional.of("I1: a scan misses a key that was created: " + page)
                .filter(missed -> page.entries().isEmpty());
    }

    private static OneKey created(long seed) {
        OneKey key = new OneKey(seed);
        key.network().lose(StoreRequest.class::isInstance);
        key.create(1, "created");
        key.cutOff(1);
        key.network().lose(message -> false);
        return key;
    }
}
