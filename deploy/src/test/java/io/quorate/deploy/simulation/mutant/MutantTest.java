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
        Silence.during(() -> seeds.set(seedsUntilCaught(schedules, mutant.seedsMax())));
        assertTrue(seeds.get() <= mutant.seedsMax(), () -> "not caught by " + mutant.seedsMax() + " seeds");
        reporter.publishEntry(mutant.name(), "caught after " + seeds + " seeds");
    }

    private static long seedsUntilCaught(LongFunction<Optional<String>> schedules, int atMost) {
        long seed = 1;
        while (seed <= atMost && !catches(schedules, seed)) {
            seed++;
        }
        return seed;
    }

    /** An assertion of the code itself catches a mutant as well. */
    private static boolean catches(LongFunction<Optional<String>> schedules, long seed) {
        try {
            return schedules.apply(seed).isPresent();
        } catch (AssertionError violation) {
            return true;
        }
    }
}
