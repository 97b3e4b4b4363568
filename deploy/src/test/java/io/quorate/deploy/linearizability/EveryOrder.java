package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The definition itself: tries every order of one key's operations. It is simple and slow. */
final class EveryOrder {
    private final Set<String> told;

    private EveryOrder(Set<String> told) {
        this.told = told;
    }

    /**
     * The effect of an operation on the register.
     *
     * @param from the content that it needs, or empty if it needs none
     */
    private record Move(
            Optional<Optional<String>> from, Optional<String> to, boolean mustHappen, long startNs, long endNs) {}

    static boolean explains(List<Operation> operations) {
        Set<String> told = operations.stream()
                .filter(operation -> operation.outcome() == Outcome.OK)
                .flatMap(operation -> operation.version().stream())
                .collect(Collectors.toSet());
        EveryOrder every = new EveryOrder(told);
        List<Move> moves = new ArrayList<>();
        operations.forEach(operation -> every.addMoves(operation, moves));
        return explains(moves, Optional.empty());
    }

    private void addMoves(Operation operation, List<Move> moves) {
        Optional<String> value = operation.value();
        long startNs = operation.startNs();
        if (operation.wasRefuted() && told.contains(operation.version().get())) {
            Optional<String> found = operation.version().map(RandomHistories::valueAt);
            moves.add(new Move(Optional.of(found), found, true, startNs, operation.endNs()));
        }
        if (!operation.mayHaveHappened()) {
            return;
        }
        boolean isKnown = operation.outcome() == Outcome.OK;
        Optional<Optional<String>> from =
                operation.kind().isWrite() ? operation.condition().flatMap(this::required) : Optional.of(value);
        moves.add(new Move(from, value, isKnown, startNs, operation.endNs()));
        if (operation.expiresMs().isPresent()) {
            moves.add(new Move(Optional.of(value), Optional.empty(), false, startNs, Long.MAX_VALUE));
        }
    }

    private Optional<Optional<String>> required(Condition condition) {
        return condition.version().isEmpty()
                ? Optional.of(Optional.empty())
                : condition
                        .version()
                        .filter(told::contains)
                        .map(RandomHistories::valueAt)
                        .map(Optional::of);
    }

    private static boolean explains(List<Move> left, Optional<String> register) {
        if (left.stream().noneMatch(Move::mustHappen)) {
            return true;
        }
        for (Move next : left) {
            if (mayComeFirst(next, left)
                    && next.from().map(register::equals).orElse(true)
                    && explains(without(next, left), next.to())) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayComeFirst(Move next, List<Move> left) {
        return left.stream()
                .filter(other -> other != next && other.mustHappen())
                .noneMatch(other -> other.endNs() < next.startNs());
    }

    private static List<Move> without(Move taken, List<Move> moves) {
        List<Move> left = new ArrayList<>(moves);
        left.removeIf(move -> move == taken);
        return left;
    }
}
