package io.quorate.deploy.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/** Says of a seed what violation it shows, if any. */
public final class RandomSchedules implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new Simulation(Scenario.of(seed)).violation();
    }
}
