package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * A process is killed after a write, and its store recovers the write from the log. Others may see it from then on.
 * Then the machine loses its power. The next process must still have the write.
 */
public final class PowerLossAfterRecovery extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        OneKey key = new OneKey(seed);
        Version written = key.write(1, "value");
        key.node(1).kill();
        try {
            key.node(1).start();
            key.node(1).losePower();
            key.node(1).start();
        } catch (AssertionError e) {
            return Optional.of("I6: what a store showed after its recovery was not durable: " + e.getMessage());
        }
        Version kept = key.versionAt(1);
        return Optional.of("I6: a store showed " + written + " after its recovery, and then has " + kept)
                .filter(lost -> written.isAfter(kept));
    }
}
