package io.quorate.deploy.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.simulation.Silence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    @Test
    void eachMutantBreaksARuleOfTheProtocol() throws IOException {
        String page = Files.readString(ROOT.resolve("coordinator/docs/protocol.md"));
        List<String> withoutRule = Mutants.ALL.stream()
                .filter(mutant -> Stream.of("\n| %s |", "\n## %s\n", "\n**%s**")
                        .noneMatch(place -> page.contains(place.formatted(mutant.rule()))))
                .map(Mutant::name)
                .toList();
        assertEquals(List.of(), withoutRule);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant, TestReporter reporter) throws Exception {
        LongFunction<Optional<String>> schedules = mutant.plant(ROOT, Files.createTempDirectory(temporary, "classes"));
        Chase chase = new Chase(mutant, schedules);
        Silence.during(chase::run);
        assertTrue(chase.isCaught(), chase);
        reporter.publishEntry(mutant.name(), "caught after " + chase.seeds + " seeds");
    }

    /** Seeds are tried until a judge of the broken rule finds something. */
    private static final class Chase implements Supplier<String> {
        private final Mutant mutant;
        private final LongFunction<Optional<String>> schedules;
        private final Set<String> otherFindings = new LinkedHashSet<>();
        private int seeds;
        private boolean caught;

        Chase(Mutant mutant, LongFunction<Optional<String>> schedules) {
            this.mutant = mutant;
            this.schedules = schedules;
        }

        void run() {
            while (!caught && seeds < SEEDS_MAX) {
                seeds++;
                Optional<String> findings = findings();
                caught = findings.filter(mutant::isSeenIn).isPresent();
                findings.ifPresent(otherFindings::add);
            }
        }

        /** A schedule that does not get where it is meant to get shows nothing. */
        private Optional<String> findings() {
            try {
                return schedules.apply(seeds);
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        }

        boolean isCaught() {
            return caught;
        }

        @Override
        public String get() {
            return "no judge of " + mutant.rule() + " finds it in " + SEEDS_MAX + " seeds. Others find: "
                    + String.join("\n", otherFindings);
        }
    }
}
