package io.quorate.deploy.simulation.schedule;

import java.util.Optional;
import java.util.function.LongFunction;

/** The random schedules in which many want the same key. */
public final class ContendedSchedules implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new RandomSchedules().apply(4 * seed + 1);
    }
}
