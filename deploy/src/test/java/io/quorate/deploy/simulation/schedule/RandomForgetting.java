package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.function.LongFunction;

/** As {@link RandomSchedules}, with passes that forget deletes in each run. */
public final class RandomForgetting implements LongFunction<Optional<String>> {
    @Override
    public Optional<String> apply(long seed) {
        return new Simulation(Scenario.thatForgetsDeletes(seed)).findings();
    }
}
