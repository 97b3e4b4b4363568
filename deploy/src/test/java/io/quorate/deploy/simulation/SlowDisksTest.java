package io.quorate.deploy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.simulation.world.Scenario;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlowDisksTest {
    /** Without this the simulation would say nothing of deadlines. */
    @Test
    void requestsExpireAtReplicasWhoseDisksAreSlow() {
        long expired = LongStream.range(1, 500)
                .mapToObj(Scenario::of)
                .filter(Scenario::hasSlowDisks)
                .mapToLong(SlowDisksTest::expired)
                .filter(requests -> requests > 0)
                .findFirst()
                .orElse(0);
        assertTrue(expired > 0);
    }

    private static long expired(Scenario scenario) {
        Simulation run = new Simulation(scenario);
        Silence.during(() -> assertEquals(Optional.empty(), run.violation(), scenario::toString));
        return run.counts().getOrDefault("rejected: EXPIRED", 0);
    }
}
