package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import java.util.Optional;

/**
 * The first replica accepts a conditional write, and no other does. The two others accept another one on the same base,
 * under a higher ballot. So the second write is chosen. Only its own coordinator stores it, and is then gone. Through
 * the first node, a read must show it, and a third conditional write on the same base must fail.
 */
public final class TwoProposals extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey read = new OneKey(seed);
        choose(read, read.write(1, "base"));
        read.readPatiently(1);
        OneKey key = new OneKey(seed);
        Version base = key.write(1, "base");
        choose(key, base);
        Outcome third = Stage.untilNotRefused(() -> key.tryToReplace(1, base, "third"));
        Stage.require(ConditionFailed.class, third);
        return Optional.empty();
    }

    private static void choose(OneKey key, Version base) {
        key.network().lose(message -> message instanceof Accept || message instanceof StoreRequest);
        Stage.require(Outcome.Unknown.class, key.tryToReplace(1, base, "first"));
        key.cutOff(1);
        key.network().lose(StoreRequest.class::isInstance);
        Stage.require(Applied.class, key.tryToReplace(2, base, "second"));
        key.heal();
        key.cutOff(2);
    }
}
