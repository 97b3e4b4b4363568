package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.function.LongFunction;

/** Says of a seed what violation it shows, if any. */
public final class RandomSchedules implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new Simulation(Scenario.of(seed)).violation();
    }
}
