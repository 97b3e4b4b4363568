package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers for what a register held, absence included, and what clients were told that its versions hold. A condition is
 * a condition on the content then: every value is written once in a history that has conditions, so that a value and
 * its version come and go together. Only absences have several versions; one of them is taken for any. What nobody was
 * told the content of, and a condition of {@code present}, demand nothing, which forgives too much and never too
 * little.
 */
final class Contents {
    /** The number that stands for the absence of a value. */
    static final int ABSENT = 0;

    private final Map<Optional<String>, Integer> numbers = new HashMap<>(Map.of(Optional.empty(), ABSENT));
    private final Map<String, Integer> told = new HashMap<>();

    Contents(List<Operation> operations) {
        for (Operation operation : operations) {
            int number = number(operation.value());
            if (operation.outcome() == Outcome.OK) {
                operation.version().ifPresent(version -> told.put(version, number));
            }
        }
    }

    int count() {
        return numbers.size();
    }

    /** What an operation that may have happened, or one that was refuted, says of the register. */
    Optional<Step> step(Operation operation) {
        if (operation.wasRefuted()) {
            return Optional.ofNullable(told.get(operation.version().get())).map(found -> step(operation, found, found));
        }
        int content = number(operation.value());
        int from = operation.kind() == Operation.Kind.GET
                ? content
                : operation.condition().map(this::required).orElse(Step.ANYTHING);
        return Optional.of(step(operation, from, content));
    }

    private int required(Condition condition) {
        if (condition.equals(Condition.ABSENT)) {
            return ABSENT;
        }
        return condition.version().map(told::get).orElse(Step.ANYTHING);
    }

    private static Step step(Operation operation, int from, int to) {
        return new Step(operation, from, to, operation.startNs(), operation.endNs());
    }

    private int number(Optional<String> content) {
        return numbers.computeIfAbsent(content, none -> numbers.size());
    }
}
