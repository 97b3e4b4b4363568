package io.quorate.deploy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);

    @Test
    void whateverGoesWrongNobodySeesIt() {
        long first = Long.getLong("simulation.seed", new Random().nextLong());
        Map<String, Integer> counts = new TreeMap<>();
        long simulatedMs = 0;
        long startNs = System.nanoTime();
        for (long seed = first; seed < first + SEEDS; seed++) {
            Simulation simulation = run(seed);
            simulation.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
            simulatedMs += simulation.simulatedMs();
            if (seed % 100 == 0) {
                assertEquals(simulation.trace(), run(seed).trace(), "seed " + seed + " is not repeatable");
            }
        }
        System.out.println(SEEDS + " seeds from " + first + ", " + simulatedMs / 1000 + " s simulated in "
                + (System.nanoTime() - startNs) / 1_000_000 + " ms: " + counts);
    }

    private static Simulation run(long seed) {
        Simulation simulation = new Simulation(seed, seed % 3 == 0 ? 5 : 3);
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        return simulation;
    }
}
