package io.quorate.deploy.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.simulation.Silence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    /** A chase runs on one thread, over classes of its own: chases share nothing. */
    private static final ExecutorService CHASERS =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    private static final Map<Mutant, Future<Chase>> CHASES = new HashMap<>();

    @TempDir
    static Path temporary;

    static Stream<Mutant> mutants() {
        return Mutants.ALL.stream();
    }

    @BeforeAll
    static void chaseAll() {
        mutants().forEach(mutant -> CHASES.put(mutant, CHASERS.submit(() -> Chase.of(mutant))));
    }

    @AfterAll
    static void endChases() {
        CHASERS.shutdownNow();
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
        Chase chase = CHASES.get(mutant).get();
        assertTrue(chase.isCaught(), chase);
        reporter.publishEntry(mutant.name(), "caught after " + chase.seeds + " seeds");
    }

    /** Seeds are tried until a judge of the broken rule finds something. */
    private static final class Chase implements Supplier<String> {
        private final Mutant mutant;
        private final Set<String> otherFindings = new LinkedHashSet<>();
        private int seeds;
        private boolean caught;

        private Chase(Mutant mutant) {
            this.mutant = mutant;
        }

        /** One that is over. It does not keep the broken classes. */
        static Chase of(Mutant mutant) throws IOException, ReflectiveOperationException {
            LongFunction<Optional<String>> schedules =
                    mutant.plant(ROOT, Files.createTempDirectory(temporary, "classes"));
            Chase chase = new Chase(mutant);
            Silence.during(() -> chase.run(schedules));
            return chase;
        }

        private void run(LongFunction<Optional<String>> schedules) {
            while (!caught && seeds < SEEDS_MAX) {
                seeds++;
                Optional<String> findings = findings(schedules);
                caught = findings.filter(mutant::isSeenIn).isPresent();
                findings.ifPresent(otherFindings::add);
            }
        }

        /** A schedule that does not get where it is meant to get shows nothing. */
        private Optional<String> findings(LongFunction<Optional<String>> schedules) {
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
