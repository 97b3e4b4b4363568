package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome.Applied;
import java.util.Optional;

/**
 * The third node is killed. The key is written, and then replaced by a conditional write. The node comes back. At first
 * every record on its way is lost. Later it gets the record, and no client reads.
 */
public final class ReplicaAwayForLong extends DirectedSchedule {
    private static final long KNOWN_AS_DOWN_MS = 1_000;
    private static final long AWAY_MS = 10_000;
    private static final long LOSS_MS = 3_000;
    private static final long BACK_MS = 15_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.write(1, "base");
        key.node(3).kill();
        key.pass(KNOWN_AS_DOWN_MS);
        Version written = key.write(1, "written");
        Applied replaced = Stage.require(Applied.class, key.tryToReplace(2, written, "replaced"));
        key.pass(AWAY_MS);
        key.network().lose(message -> message instanceof StoreRequest);
        key.node(3).start();
        key.pass(LOSS_MS);
        key.network().lose(message -> false);
        key.pass(BACK_MS);
        return key.missedBy(3, replaced.version());
    }
}
