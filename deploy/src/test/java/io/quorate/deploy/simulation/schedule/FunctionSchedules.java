package io.quorate.deploy.simulation.schedule;

import java.util.Optional;
import java.util.function.LongFunction;

/** The random schedules in which clients change keys by functions of their values. */
public final class FunctionSchedules implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new RandomSchedules().apply(3 * seed + 1);
    }
}
