package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * The third node is there, and one record on its way to it is lost. The coordinator notices that no acknowledgement
 * comes. The node gets the record, and no client reads.
 */
public final class StoreWithoutAcknowledgement extends DirectedSchedule {
    private static final long NOTICED_MS = 6_000;

    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        key.write(1, "base");
        key.network().cut(key.node(1).index(), key.node(3).index());
        Version version = key.write(1, "written");
        if (key.versionAt(3).equals(version)) {
            throw new IllegalStateException("the record was not lost");
        }
        key.heal();
        key.pass(NOTICED_MS);
        return key.missedBy(3, version);
    }
}
