package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import java.util.Optional;

/**
 * A write is stored by its own coordinator's replica and no other, and a conditional write fails because of it. A
 * client with that refusal must find the write when it reads through the other nodes.
 */
public final class RefusalByUnstoredWrite extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version base = key.write(1, "base");
        key.network().lose(StoreRequest.class::isInstance);
        Stage.require(Outcome.Unknown.class, key.tryToWrite(1, "unstored"));
        Outcome refusal = key.tryToReplace(1, base, "never");
        key.cutOff(1);
        key.network().lose(message -> false);
        Version read = key.read(2);
        return refusal instanceof Outcome.ConditionFailed failed
                        && failed.version().isAfter(read)
                ? Optional.of(read + " was read after a refusal because of " + failed.version())
                : Optional.empty();
    }
}
