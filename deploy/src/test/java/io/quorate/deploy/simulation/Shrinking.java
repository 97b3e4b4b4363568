package io.quorate.deploy.simulation;

import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.function.IntFunction;

/** Looks for a smaller run of the same seed that fails too: fewer clients, fewer operations, fewer faults. */
final class Shrinking {
    private static final int[] BOUNDS = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256};

    private Scenario smallest;
    private String violation;

    private Shrinking(Scenario failing, String violation) {
        this.smallest = failing;
        this.violation = violation;
    }

    /** The line that reproduces the smallest failing run that was found, and what is wrong there. */
    static String smallest(Scenario failing, String violation) {
        Shrinking shrinking = new Shrinking(failing, violation);
        Scenario before;
        do {
            before = shrinking.smallest;
            shrinking.shrink();
        } while (!before.equals(shrinking.smallest));
        return shrinking.smallest + "  # " + shrinking.violation;
    }

    private void shrink() {
        tryLess(smallest.faults(), smallest::withFaults);
        tryLess(smallest.clients(), smallest::withClients);
        tryLess(smallest.operations(), smallest::withOperations);
    }

    private void tryLess(int now, IntFunction<Scenario> bounded) {
        for (int bound : BOUNDS) {
            if (bound >= now) {
                return;
            }
            Scenario smaller = bounded.apply(bound);
            Optional<String> fails = new Simulation(smaller).violation();
            if (fails.isPresent()) {
                smallest = smaller;
                violation = fails.get();
                return;
            }
        }
    }
}
