package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome;
import java.util.Optional;

/**
 * A conditional write is accepted by its own coordinator's replica and no other. If a read through that node shows a
 * record, a later read through the others must show it too.
 */
public final class ReadOfUnchosenProposal extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version base = key.write(1, "base");
        key.network().lose(message -> message instanceof Accept || message instanceof StoreRequest);
        Stage.require(Outcome.Unknown.class, key.tryToReplace(1, base, "unchosen"));
        Outcome first = key.tryToRead(1);
        key.cutOff(1);
        key.network().lose(message -> false);
        Version second = key.read(2);
        return first instanceof Outcome.Read read && read.record().version().isAfter(second)
                ? Optional.of(second + " was read after " + read.record().version())
                : Optional.empty();
    }
}
