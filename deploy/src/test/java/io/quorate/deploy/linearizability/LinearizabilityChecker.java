package io.quorate.deploy.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks a history key by key. Linearizability is local (Herlihy and Wing, TOPLAS '90, theorem 1), so a history is
 * linearizable if each key's part is.
 */
public final class LinearizabilityChecker {
    private LinearizabilityChecker() {}

    /** One error for each key whose operations no order explains. No error if the history is linearizable. */
    public static List<Violation> check(History history) {
        Map<String, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : history.operations()) {
            if (operation.mayHaveHappened() || operation.wasRefuted()) {
                byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
            }
        }
        List<Violation> violations = new ArrayList<>();
        byKey.forEach((key, operations) -> new RegisterSearch(key, RegisterHistory.of(operations))
                .violation()
                .ifPresent(violations::add));
        return violations;
    }

    /** Fails with an explanation unless the history is linearizable. */
    public static void assertLinearizable(History history) {
        List<Violation> violations = check(history);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " of the keys are not linearizable\n"
                    + String.join(
                            "\n",
                            violations.stream().map(Violation::explanation).toList()));
        }
    }

    /** A key whose operations no order explains. */
    public record Violation(String key, String explanation) {}
}
