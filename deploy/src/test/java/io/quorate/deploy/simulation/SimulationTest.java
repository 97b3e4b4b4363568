package io.quorate.deploy.simulation;

import io.quorate.deploy.architecture.Sources;
import io.quorate.deploy.simulation.world.Scenario;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs many seeds. Each change of the code runs seeds that none ran before. The same code runs the same ones, so a
 * build that passed passes again. {@code scripts/simulate} runs more. With {@code -Dsimulation.forgetting=true}, passes
 * forget deletes in every run.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 3_000);
    private static final boolean FORGETS = Boolean.getBoolean("simulation.forgetting");
    private static final int RUNS_PER_REPETITION = 100;

    /**
     * The error is thrown on this thread. A parallel stream that throws it again drops its message, and so the seed.
     */
    @Test
    void whateverGoesWrongNobodySeesIt() {
        long first = Long.getLong("simulation.seed", Sources.checksum());
        AtomicReference<Optional<AssertionError>> found = new AtomicReference<>();
        Silence.during(() -> found.set(LongStream.range(first, first + SEEDS)
                .parallel()
                .mapToObj(SimulationTest::scenario)
                .map(SimulationTest::errorIn)
                .filter(Objects::nonNull)
                .findAny()));
        found.get().ifPresent(error -> {
            throw error;
        });
    }

    private static Scenario scenario(long seed) {
        return FORGETS ? Scenario.of(seed).thatAlwaysForgets() : Scenario.of(seed);
    }

    /** What goes wrong in a run, with the line that repeats it, or null. */
    private static AssertionError errorIn(Scenario scenario) {
        try {
            long trace = run(scenario);
            boolean isRepeated = scenario.seed() % RUNS_PER_REPETITION == 0;
            return isRepeated && run(scenario) != trace
                    ? new AssertionError(scenario + "  # not the same twice")
                    : null;
        } catch (RuntimeException | AssertionError e) {
            return new AssertionError(scenario + "  # " + e.getMessage(), e);
        }
    }

    private static long run(Scenario scenario) {
        Simulation simulation = new Simulation(scenario);
        simulation.run();
        return simulation.trace();
    }
}
