package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.function.LongFunction;

/** Says of a seed what every judge finds, a line each, over the whole run. */
public final class RandomSchedules implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new Simulation(Scenario.of(seed)).findings();
    }
}
