package io.quorate.deploy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.architecture.Sources;
import io.quorate.deploy.linearizability.LinearizabilityChecker;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import io.quorate.deploy.simulation.world.Scenario;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file of {@code scripts/simulate --history} is enough for a checker that does not know Quorate. The one used here
 * is the checker of the system tests. It searches for an order of the values, and does not trust the order of the
 * versions.
 */
final class HistoriesForOthersTest {
    private static final int SEEDS = 40;

    private static final int CHANGED_HISTORIES = 10;

    private static final long FIRST = Sources.checksum();

    private static io.quorate.deploy.linearizability.History history;

    @BeforeAll
    static void simulate(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (Writer out = Files.newBufferedWriter(file)) {
            for (long seed : LongStream.range(FIRST, FIRST + SEEDS).toArray()) {
                Simulation simulation = new Simulation(Scenario.of(seed));
                Silence.during(simulation::run);
                simulation.history().writeTo(out, seed + "/");
            }
        }
        history = io.quorate.deploy.linearizability.History.read(file);
    }

    @Test
    void theyAreLinearizableToSomebodyElseToo() {
        assertEquals(List.of(), LinearizabilityChecker.check(history), "first seed " + FIRST);
        var seen = history.operations().stream()
                .map(operation -> operation.kind() + " " + operation.outcome())
                .collect(Collectors.toSet());
        assertTrue(
                seen.containsAll(List.of("PUT_IF OK", "PUT_IF FAIL", "PUT_IF UNKNOWN", "DELETE OK", "GET OK")),
                seen::toString);
        assertTrue(
                history.operations().stream()
                        .anyMatch(operation -> operation.expiresMs().isPresent()),
                "no value had an end");
    }

    /** Appends, to each key, a read of a value that was replaced by a condition on it. */
    @Test
    void aReadOfWhatAConditionalWriteReplacedIsFound() {
        List<Operation> replacing = history.operations().stream()
                .filter(write -> write.kind() == Kind.PUT_IF && write.outcome() == Outcome.OK)
                .filter(write -> replacedBy(write).filter(this::isTheOnlyOne).isPresent())
                .limit(CHANGED_HISTORIES)
                .toList();
        assertFalse(replacing.isEmpty(), "first seed " + FIRST);
        for (Operation write : replacing) {
            Optional<String> replaced = replacedBy(write).get().value();
            assertTrue(isFound(write, replaced), "first seed " + FIRST + ": " + write);
        }
    }

    private Optional<Operation> replacedBy(Operation write) {
        return history.operations().stream()
                .filter(before -> before.outcome() == Outcome.OK
                        && before.kind() == Kind.PUT
                        && before.key().equals(write.key())
                        && before.version()
                                .filter(version ->
                                        write.condition().get().text().equals("version " + version))
                                .isPresent())
                .findAny();
    }

    /** A request that was repeated after its retention may write its value once more. */
    private boolean isTheOnlyOne(Operation write) {
        return history.operations().stream()
                        .filter(other -> other.kind() != Kind.GET
                                && other.key().equals(write.key())
                                && other.value().equals(write.value()))
                        .count()
                == 1;
    }

    private boolean isFound(Operation write, Optional<String> value) {
        var changed = new io.quorate.deploy.linearizability.History();
        history.operations().stream()
                .filter(operation -> operation.key().equals(write.key()))
                .forEach(changed::add);
        long late = Long.MAX_VALUE / 2;
        changed.add(new Operation(99, Kind.GET, write.key(), value, late, late + 1, Outcome.OK));
        return !LinearizabilityChecker.check(changed).isEmpty();
    }
}
