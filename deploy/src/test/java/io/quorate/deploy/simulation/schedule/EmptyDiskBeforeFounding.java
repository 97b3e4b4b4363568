package io.quorate.deploy.simulation.schedule;

import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.coordinator.operation.Outcome.Refused;
import java.util.Optional;

/**
 * The nodes meet, and every agreement is lost, so they are not founded. The first one is started again, and the third
 * one starts on an empty disk. The first one remembers the disk that it met.
 */
public final class EmptyDiskBeforeFounding extends DirectedSchedule {
    private static final long SOME_MS = 1_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed, message -> message instanceof AgreeOnMembers);
        key.write(1, "base");
        key.node(1).losePower();
        key.node(2).kill();
        key.node(3).loseDisk();
        key.node(1).start();
        key.node(3).start();
        key.pass(SOME_MS);
        Stage.require(Refused.class, key.tryToWrite(1, "with an empty disk"));
        if (key.node(1).isFounded()) {
            return Optional.of("I15: founded without the third node");
        }
        key.node(2).start();
        key.pass(SOME_MS);
        key.write(1, "without the empty disk");
        return Optional.empty();
    }
}
