package io.quorate.coordinator.operation.bundle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions on one key that no bundle has taken, in the order they came. A bundle may take those that came before
 * its PREPARE began, since its promises show all that had ended before. A function that came later may have begun after
 * a plain write that these promises do not show, and waits for the next PREPARE (I8).
 */
final class WaitingFunctions {
    private final Deque<FunctionOperation> beforePrepare = new ArrayDeque<>();
    private final Deque<FunctionOperation> later = new ArrayDeque<>();

    void add(FunctionOperation function) {
        later.add(function);
    }

    void remove(FunctionOperation function) {
        if (!beforePrepare.remove(function)) {
            later.remove(function);
        }
    }

    /** A PREPARE begins. */
    void preparing() {
        beforePrepare.addAll(later);
        later.clear();
    }

    boolean isEmpty() {
        return beforePrepare.isEmpty() && later.isEmpty();
    }

    /** The function that has waited longest. */
    FunctionOperation first() {
        return all().findFirst().orElseThrow();
    }

    /** Whether no function may be judged on the promises of the last PREPARE any more. */
    boolean hasNoneForJudgement() {
        return beforePrepare.isEmpty();
    }

    /** Takes the next function that may be judged on the promises of the last PREPARE. */
    FunctionOperation takeForJudgement() {
        return beforePrepare.remove();
    }

    /** Takes the functions that the last PREPARE was for, at most so many. Without a PREPARE, those that came first. */
    List<FunctionOperation> take(int most) {
        Deque<FunctionOperation> source = beforePrepare.isEmpty() ? later : beforePrepare;
        List<FunctionOperation> taken = new ArrayList<>();
        while (!source.isEmpty() && taken.size() < most) {
            taken.add(source.remove());
        }
        return taken;
    }

    /** The members of an earlier judgement come first again, in their order. */
    void putBack(List<FunctionOperation> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (!members.get(i).isOver()) {
                beforePrepare.addFirst(members.get(i));
            }
        }
    }

    Stream<FunctionOperation> all() {
        return Stream.of(beforePrepare, later).flatMap(Deque::stream);
    }
}
