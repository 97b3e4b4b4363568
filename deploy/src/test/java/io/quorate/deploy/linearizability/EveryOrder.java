package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The definition itself, as slow as it is plain: tries every order of one key's operations. */
final class EveryOrder {
    private EveryOrder() {}

    static boolean explains(List<Operation> operations) {
        return explains(operations.stream().filter(Operation::mayHaveHappened).toList(), Optional.empty());
    }

    private static boolean explains(List<Operation> left, Optional<String> register) {
        if (left.stream().allMatch(operation -> operation.outcome() == Outcome.UNKNOWN)) {
            return true;
        }
        for (Operation next : left) {
            if (mayComeFirst(next, left)
                    && (next.kind() != Kind.GET || next.value().equals(register))
                    && explains(without(next, left), next.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayComeFirst(Operation next, List<Operation> left) {
        return left.stream()
                .filter(other -> other != next && other.outcome() == Outcome.OK)
                .noneMatch(other -> other.endNs() < next.startNs());
    }

    private static List<Operation> without(Operation taken, List<Operation> operations) {
        List<Operation> left = new ArrayList<>(operations);
        left.removeIf(operation -> operation == taken);
        return left;
    }
}
