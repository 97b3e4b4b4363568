package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.coordinator.operation.Outcome;
import java.util.Optional;

/**
 * A conditional write is accepted by one replica, which then misses a later plain write. When it is back, its proposal
 * is overtaken, and no operation may finish it.
 */
public final class OvertakenProposal extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version base = key.write(1, "base");
        key.network().lose(Accept.class::isInstance);
        Stage.require(Outcome.Unknown.class, key.tryToReplace(1, base, "overtaken"));
        key.network().lose(message -> false);
        key.cutOff(1);
        Version later = key.write(2, "later");
        key.heal();
        Version read = key.read(1);
        return later.isAfter(read) ? Optional.of(read + " was read after " + later) : Optional.empty();
    }
}
