package io.quorate.deploy.linearizability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RandomHistoriesTest {
    @Test
    void theSearchAgreesWithTheDefinitionOnManySmallHistories() {
        int linearizable = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            List<Operation> operations = new RandomHistories(seed).arbitrary(2 + seed % 5);
            boolean expected = EveryOrder.explains(operations);
            linearizable += expected ? 1 : 0;
            assertEquals(expected, isLinearizable(operations), "seed " + seed + ": " + operations);
        }
        assertTrue(linearizable > 2_000 && linearizable < 18_000, "drawn too one-sidedly: " + linearizable);
    }

    @Test
    void theSearchAgreesWithTheDefinitionOnManySmallHistoriesWithConditionsAndEndsOfLives() {
        int linearizable = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            List<Operation> operations = new RandomHistories(seed).arbitraryConditional(2 + seed % 5);
            boolean expected = EveryOrder.explains(operations);
            linearizable += expected ? 1 : 0;
            assertEquals(expected, isLinearizable(operations), "seed " + seed + ": " + operations);
        }
        assertTrue(linearizable > 2_000 && linearizable < 18_000, "drawn too one-sidedly: " + linearizable);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tenThousandOperationsWithConditionsAreDecidedQuickly() {
        for (int seed = 0; seed < 5; seed++) {
            List<Operation> operations = new RandomHistories(seed).linearizable(10_000, 10, 3, 50, 4);
            assertTrue(isLinearizable(operations), "seed " + seed);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tenThousandOperationsOfTenClientsAreDecidedQuickly() {
        for (int seed = 0; seed < 5; seed++) {
            List<Operation> operations = new RandomHistories(seed).linearizable(10_000, 10, 3, 50);
            assertTrue(isLinearizable(operations), "seed " + seed);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void manyClientsOnOneKeyAreDecidedQuickly() {
        assertTrue(isLinearizable(new RandomHistories(1).linearizable(10_000, 20, 1, 20)));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void oneStaleReadAmongThousandsOfOperationsIsFound() {
        for (int seed = 0; seed < 20; seed++) {
            List<Operation> operations = withOneStaleRead(new RandomHistories(seed).linearizable(2_000, 10, 1, 50));
            assertFalse(isLinearizable(operations), "seed " + seed);
        }
    }

    /** Adds, at the very end, a read of the value that the first put wrote. Hundreds of writes came after that put. */
    private static List<Operation> withOneStaleRead(List<Operation> operations) {
        Operation first = operations.stream()
                .filter(operation -> operation.kind() == Kind.PUT && operation.outcome() == Outcome.OK)
                .min(Comparator.comparingLong(Operation::endNs))
                .orElseThrow();
        long after = 1 + operations.stream().mapToLong(Operation::endNs).max().orElseThrow();
        List<Operation> changed = new ArrayList<>(operations);
        changed.add(new Operation(99, Kind.GET, "k0", first.value(), after, after + 1, Outcome.OK));
        return changed;
    }

    private static boolean isLinearizable(List<Operation> operations) {
        History history = new History();
        operations.forEach(history::add);
        return LinearizabilityChecker.check(history).isEmpty();
    }
}
