package io.quorate.deploy.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One key's operations, prepared for the search. Two rules keep writes with an unknown outcome from being concurrent with
 * everything after them, which would make the search exponential in their number:
 *
 * <ul>
 *   <li>One that no read can have seen is left out: if the rest has an order with it, it has one without it.
 *   <li>One whose value nobody else writes ends, at the latest, when the first read that saw the value ends.
 * </ul>
 *
 * @param required the operations that happened, by start
 * @param optional when each write began that may or may not have happened and has no known end, by its value, ascending
 * @param values how many values there are, absence included
 */
record RegisterHistory(List<Step> required, Map<Integer, List<Long>> optional, int values) {
    /** The number that stands for the absence of a value. */
    static final int ABSENT = 0;

    /** An operation with its value as a number, and the latest instant at which it can take effect. */
    record Step(Operation operation, int value, long startNs, long endNs) {
        boolean isWrite() {
            return operation.kind().isWrite();
        }
    }

    static RegisterHistory of(List<Operation> operations) {
        Map<Optional<String>, Integer> numbers = new HashMap<>(Map.of(Optional.empty(), ABSENT));
        Map<Optional<String>, Integer> writers = new HashMap<>();
        for (Operation operation : operations) {
            numbers.putIfAbsent(operation.value(), numbers.size());
            if (operation.kind().isWrite()) {
                writers.merge(operation.value(), 1, Integer::sum);
            }
        }
        List<Step> required = new ArrayList<>();
        Map<Integer, List<Long>> optional = new HashMap<>();
        for (Operation operation : operations) {
            int value = numbers.get(operation.value());
            if (operation.outcome() == Operation.Outcome.OK) {
                required.add(new Step(operation, value, operation.startNs(), operation.endNs()));
                continue;
            }
            boolean onlyWriter = operation.value().isPresent() && writers.get(operation.value()) == 1;
            Optional<Long> seenNs = firstSeenNs(operation, operations);
            if (seenNs.isPresent() && onlyWriter) {
                required.add(new Step(operation, value, operation.startNs(), seenNs.get()));
            } else if (seenNs.isPresent()) {
                optional.computeIfAbsent(value, none -> new ArrayList<>()).add(operation.startNs());
            }
        }
        required.sort(Comparator.comparingLong(Step::startNs));
        optional.values().forEach(starts -> starts.sort(Comparator.naturalOrder()));
        return new RegisterHistory(required, optional, numbers.size());
    }

    private static Optional<Long> firstSeenNs(Operation write, List<Operation> operations) {
        return operations.stream()
                .filter(read -> read.kind() == Operation.Kind.GET
                        && read.value().equals(write.value())
                        && read.endNs() >= write.startNs())
                .map(Operation::endNs)
                .min(Comparator.naturalOrder());
    }
}
