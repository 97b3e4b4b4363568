package io.quorate.deploy.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.simulation.Silence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation proves something only if it notices that the code is broken, in each way that matters. */
@Tag("faults")
class MutantTest {
    private static final int SEEDS_MAX = 200;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path temporary;

    static Stream<Mutant> mutants() {
        return Mutants.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant, TestReporter reporter) throws Exception {
        LongFunction<Optional<String>> schedules = mutant.plant(ROOT, Files.createTempDirectory(temporary, "classes"));
        AtomicLong seeds = new AtomicLong();
        Silence.during(() -> seeds.set(seedsUntilCaught(mutant, schedules)));
        assertTrue(seeds.get() <= SEEDS_MAX, () -> "not caught by " + SEEDS_MAX + " seeds");
        reporter.publishEntry(mutant.name(), "caught after " + seeds + " seeds");
    }

    private static long seedsUntilCaught(Mutant mutant, LongFunction<Optional<String>> schedules) {
        long seed = 1;
        while (seed <= SEEDS_MAX
                && schedules.apply(seed).filter(mutant::isSeenIn).isEmpty()) {
            seed++;
        }
        return seed;
    }
}
