package io.quorate.deploy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.simulation.world.Scenario;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 3_000);
    private static final int RUNS_PER_REPETITION = 100;

    @Test
    void whateverGoesWrongNobodySeesIt() {
        long first = Long.getLong("simulation.seed", new Random().nextInt());
        Silence.during(() -> LongStream.range(first, first + SEEDS)
                .parallel()
                .mapToObj(Scenario::of)
                .forEach(this::check));
    }

    private void check(Scenario scenario) {
        long trace = run(scenario);
        if (scenario.seed() % RUNS_PER_REPETITION == 0) {
            assertEquals(trace, run(scenario), "not the same twice: " + scenario);
        }
    }

    private static long run(Scenario scenario) {
        Simulation simulation = new Simulation(scenario);
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(scenario + "  # " + e.getMessage(), e);
        }
        return simulation.trace();
    }
}
