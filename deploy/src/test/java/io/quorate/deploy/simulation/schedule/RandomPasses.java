package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.function.LongFunction;

/** As {@link RandomSchedules}, with passes over all keys in each run. */
public final class RandomPasses implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new Simulation(Scenario.withPasses(seed)).findings();
    }
}
