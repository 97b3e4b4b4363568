package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.Outcome.Refused;
import java.util.Optional;

/**
 * The nodes are founded. The third one starts on an empty disk under its name. Nobody accepts it, and it gets no
 * quorum. It comes back with its own disk, and gets what it missed.
 */
public final class EmptyDiskUnderAName extends DirectedSchedule {
    private static final long REFUSED_MS = 1_000;
    private static final long BACK_MS = 15_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.stage().awaitFounded();
        key.write(1, "base");
        key.node(3).loseDisk();
        key.node(3).start();
        key.pass(REFUSED_MS);
        Version written = key.write(1, "written");
        Stage.require(Refused.class, key.tryToWrite(3, "by an empty disk"));
        key.node(2).kill();
        key.pass(REFUSED_MS);
        Stage.require(Refused.class, key.tryToWrite(1, "beside an empty disk"));
        key.node(2).start();
        key.node(3).findDisk();
        key.node(3).start();
        key.pass(BACK_MS);
        return key.missedBy(3, written);
    }
}
