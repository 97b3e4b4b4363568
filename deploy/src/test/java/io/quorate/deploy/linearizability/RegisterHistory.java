package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.Operation.Outcome;
import io.quorate.deploy.linearizability.OptionalWrites.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One key's operations, prepared for the search. A write with an unknown outcome would be concurrent with every later
 * operation, and the search would be exponential in their number. Two rules prevent that:
 *
 * <ul>
 *   <li>A write that no read and no condition can have seen is left out. If the rest has an order with it, it has one
 *       without it.
 *   <li>A write whose value no other write has ends, at the latest, when the first operation that saw the value ends.
 * </ul>
 *
 * The expiry of a value is a delete on the condition of that value, without a client. It may happen at any time or
 * never, because clocks decide when, and they may be wrong.
 */
final class RegisterHistory {
    private final Contents contents;
    private final List<Step> required = new ArrayList<>();
    private final List<Step> unknown = new ArrayList<>();
    private final Map<Integer, Integer> writers = new HashMap<>();
    private final Map<Effect, List<Long>> optional = new HashMap<>();

    private RegisterHistory(List<Operation> operations) {
        contents = new Contents(operations);
        for (Operation operation : operations) {
            contents.step(operation).ifPresent(this::add);
        }
    }

    static RegisterHistory of(List<Operation> operations) {
        RegisterHistory history = new RegisterHistory(operations);
        history.requireTheSeen();
        history.unknown.forEach(write -> history.mayHappen(write.from(), write));
        List.copyOf(history.required).stream()
                .filter(step -> step.operation().kind().isWrite() && !step.isRead() && expires(step))
                .forEach(write -> history.mayEnd(write.to(), write.startNs()));
        history.required.sort(Comparator.comparingLong(Step::startNs));
        history.optional.values().forEach(starts -> starts.sort(Comparator.naturalOrder()));
        return history;
    }

    /** The operations that happened, by start. */
    List<Step> required() {
        return required;
    }

    /** When each write began that may or may not have happened and has no known end, by its effect, ascending. */
    Map<Effect, List<Long>> optional() {
        return optional;
    }

    /** How many contents there are, absence included. */
    int contents() {
        return contents.count();
    }

    private void add(Step step) {
        if (step.operation().mayHaveHappened() && step.operation().kind().isWrite()) {
            writers.merge(step.to(), 1, Integer::sum);
        }
        (step.operation().outcome() == Outcome.UNKNOWN ? unknown : required).add(step);
    }

    /** A write that was seen happened, and so did the writes that it had to see itself. */
    private void requireTheSeen() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = false;
            for (Iterator<Step> rest = unknown.iterator(); rest.hasNext(); ) {
                Step write = rest.next();
                Optional<Long> seenNs = firstSeenNs(write.to(), write.startNs());
                if (seenNs.isPresent() && write.to() != Contents.ABSENT && writers.get(write.to()) == 1) {
                    required.add(write.until(seenNs.get()));
                    rest.remove();
                    goesOn = true;
                }
            }
        }
    }

    private void mayHappen(int from, Step write) {
        if (isPerhapsSeen(write.to(), write.startNs(), new HashSet<>())) {
            optional.computeIfAbsent(new Effect(from, write.to()), none -> new ArrayList<>())
                    .add(write.startNs());
        }
        if (expires(write)) {
            mayEnd(from, write.startNs());
        }
    }

    private void mayEnd(int from, long startNs) {
        if (isPerhapsSeen(Contents.ABSENT, startNs, new HashSet<>())) {
            optional.computeIfAbsent(new Effect(from, Contents.ABSENT), none -> new ArrayList<>())
                    .add(startNs);
        }
    }

    private static boolean expires(Step write) {
        return write.operation().expiresMs().isPresent();
    }

    /**
     * Whether an operation that happened may need this content, or a write that may have happened and was seen itself.
     *
     * @param looked the contents that were looked at already
     */
    private boolean isPerhapsSeen(int content, long startNs, Set<Integer> looked) {
        return firstSeenNs(content, startNs).isPresent()
                || looked.add(content)
                        && unknown.stream()
                                .filter(write -> write.needs(content))
                                .anyMatch(write -> isPerhapsSeen(write.to(), startNs, looked));
    }

    private Optional<Long> firstSeenNs(int content, long startNs) {
        return required.stream()
                .filter(seer -> seer.needs(content) && seer.endNs() >= startNs)
                .map(Step::endNs)
                .min(Comparator.naturalOrder());
    }
}
