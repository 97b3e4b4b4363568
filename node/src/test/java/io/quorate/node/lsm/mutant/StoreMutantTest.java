package io.quorate.node.lsm.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.mutant.PatchedClasses;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of the store prove something only if they notice that it is broken, in each way that matters. */
@Tag("faults")
class StoreMutantTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    static Stream<StoreMutant> mutants() {
        return StoreMutants.ALL.stream();
    }

    static Stream<String> tests() {
        return mutants().map(StoreMutant::test).distinct();
    }

    /** Otherwise a test that cannot run like this at all would notice every mutant. */
    @ParameterizedTest
    @MethodSource("tests")
    void theTestPassesOverTheRealCode(String test) throws Exception {
        try (PatchedClasses real = new PatchedClasses(directory)) {
            TestExecutionSummary summary = TestRun.of(test, real);
            assertTrue(summary.getTestsSucceededCount() > 0, test + " has no tests");
            assertEquals(0, summary.getTotalFailureCount(), () -> TestRun.failuresOf(summary));
        }
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isNoticed(StoreMutant mutant, TestReporter reporter) throws Exception {
        try (PatchedClasses broken = mutant.plant(ROOT, directory)) {
            TestExecutionSummary summary = TestRun.of(mutant.test(), broken);
            assertTrue(summary.getTestsFailedCount() > 0, mutant.test() + " passes although " + mutant);
            String failures = TestRun.failuresOf(summary);
            assertFalse(failures.contains("do not compile"), failures);
            reporter.publishEntry(mutant.name(), "fails " + summary.getTestsFailedCount() + " tests");
        }
    }
}
