package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a number to each content of a register, absence included. It also knows which content each version has, from
 * the answers of clients. So a condition on a version becomes a condition on a content. This is right because a history
 * with conditions writes every value once, so a value and its version come and go together. Only absence has several
 * versions, and any of them counts as the same. Two conditions demand nothing: one on a version whose content no answer
 * shows, and {@code present}. That may accept a wrong history, but never refuses a right one.
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

    /** The step of an operation that may have happened, or of one that was refuted. */
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
