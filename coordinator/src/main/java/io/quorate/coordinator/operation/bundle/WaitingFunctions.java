package io.quorate.coordinator.operation.bundle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The functions on one key that no bundle has taken, in the order they came. */
final class WaitingFunctions {
    private final Deque<FunctionOperation> waiting = new ArrayDeque<>();

    void add(FunctionOperation function) {
        waiting.add(function);
    }

    void remove(FunctionOperation function) {
        waiting.remove(function);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    FunctionOperation first() {
        return waiting.element();
    }

    /** Takes the function that is next. */
    FunctionOperation takeFirst() {
        return waiting.remove();
    }

    /** Takes the functions that are next, at most so many. */
    List<FunctionOperation> take(int most) {
        List<FunctionOperation> taken = new ArrayList<>();
        while (!isEmpty() && taken.size() < most) {
            taken.add(takeFirst());
        }
        return taken;
    }

    /** The members of an earlier judgement come first again, in their order. */
    void putBack(List<FunctionOperation> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (!members.get(i).isOver()) {
                waiting.addFirst(members.get(i));
            }
        }
    }

    /** About how many bytes the next functions carry, of at most so many. */
    long operandBytes(int most) {
        return waiting.stream()
                .limit(most)
                .mapToLong(each -> each.function().operandBytes())
                .sum();
    }
}
