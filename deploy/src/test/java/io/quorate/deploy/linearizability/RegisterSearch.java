package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.LinearizabilityChecker.Violation;
import io.quorate.deploy.linearizability.RegisterHistory.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Wing and Gong's search (JPDC '93) for an order of one register's operations that respects real time and explains every
 * read, with Lowe's memory of configurations that were tried (CCPE '17): an operation may come next if it started before
 * the first end among those that have not; without such, the last choice is taken back.
 *
 * <p>Two kinds of operations are never a choice, since taking them at once forbids nothing later: a read of the present
 * value, and, when no such read is left to take, a write whose value no remaining read wants, as whatever comes next
 * replaces the present value anyway. What remains to choose from are writes that somebody reads.
 */
final class RegisterSearch {
    /** Beyond so many configurations a history is too hard to decide in reasonable memory. */
    private static final int CONFIGURATIONS_MAX = 10_000_000;

    private static final int EXPLAINED_OPERATIONS = 12;

    /** Stands for all values that no remaining read wants. */
    private static final int UNWANTED = -1;

    private final String key;
    private final Event head;
    private final OptionalWrites optional;
    private final long[] taken;
    private final int[] readsLeft;
    private final TriedConfigurations tried = new TriedConfigurations();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private final int operations;
    private int value = RegisterHistory.ABSENT;

    private int longest = -1;
    private List<Step> lastOfLongest = List.of();
    private List<Step> stuck = List.of();

    RegisterSearch(String key, RegisterHistory history) {
        this.key = key;
        this.operations = history.required().size();
        this.head = Event.list(history.required());
        this.optional = new OptionalWrites(history.optional());
        this.taken = new long[(operations + 63) / 64];
        this.readsLeft = new int[history.values()];
        history.required().stream().filter(step -> !step.isWrite()).forEach(step -> readsLeft[step.value()]++);
    }

    Optional<Violation> violation() {
        Event from = head.next;
        while (choices.size() < operations) {
            Event next = forced();
            boolean isForced = next != null;
            if (!isForced) {
                next = chosen(from);
            }
            if (next != null) {
                take(next, isForced);
                from = head.next;
                continue;
            }
            remember();
            Optional<Event> alternative = takeBack();
            if (alternative.isEmpty()) {
                return Optional.of(new Violation(key, explanation()));
            }
            from = alternative.get().next;
        }
        return Optional.empty();
    }

    private Event forced() {
        Event unwanted = null;
        for (Event event = head.next; event.isStart(); event = event.next) {
            Step step = event.step;
            if (!step.isWrite() && step.value() == value) {
                return event;
            }
            if (step.isWrite() && readsLeft[step.value()] == 0) {
                unwanted = event;
            }
        }
        return unwanted;
    }

    private Event chosen(Event from) {
        for (Event event = from; event.isStart(); event = event.next) {
            boolean possible = event.step.isWrite() || optional.has(event.step.value(), firstEndNs(event));
            if (possible && isNewWith(event)) {
                return event;
            }
        }
        return null;
    }

    private static long firstEndNs(Event from) {
        Event event = from;
        while (event.isStart()) {
            event = event.next;
        }
        return event.timeNs();
    }

    private boolean isNewWith(Event event) {
        Choice supposed = new Choice(event, value, false);
        apply(supposed);
        int wanted = readsLeft[value] == 0 ? UNWANTED : value;
        boolean isNew = tried.add(new Configuration(wanted, taken), optional.used());
        revert(supposed);
        if (tried.size() > CONFIGURATIONS_MAX) {
            throw new IllegalStateException("key " + key + ": undecided after " + CONFIGURATIONS_MAX
                    + " configurations; record a history with fewer concurrent clients on a key");
        }
        return isNew;
    }

    private void take(Event event, boolean isForced) {
        Choice choice = new Choice(event, value, isForced);
        choices.push(choice);
        apply(choice);
        event.unlink();
    }

    /** Undoes everything up to and including the last real choice; empty if there was none. */
    private Optional<Event> takeBack() {
        while (!choices.isEmpty()) {
            Choice last = choices.pop();
            last.event.relink();
            revert(last);
            if (!last.isForced) {
                return Optional.of(last.event);
            }
        }
        return Optional.empty();
    }

    private void apply(Choice choice) {
        Step step = choice.event.step;
        flip(choice.event.index);
        if (choice.supposesAWrite()) {
            optional.use(step.value());
        }
        readsLeft[step.value()] -= step.isWrite() ? 0 : 1;
        value = step.value();
    }

    private void revert(Choice choice) {
        Step step = choice.event.step;
        flip(choice.event.index);
        if (choice.supposesAWrite()) {
            optional.giveBack(step.value());
        }
        readsLeft[step.value()] += step.isWrite() ? 0 : 1;
        value = choice.valueBefore;
    }

    private void flip(int index) {
        taken[index >> 6] ^= 1L << index;
    }

    private void remember() {
        if (choices.size() <= longest) {
            return;
        }
        longest = choices.size();
        lastOfLongest = choices.stream()
                .limit(EXPLAINED_OPERATIONS)
                .map(choice -> choice.event.step)
                .toList();
        stuck = new ArrayList<>();
        for (Event event = head.next; event.isStart(); event = event.next) {
            stuck.add(event.step);
        }
    }

    private String explanation() {
        StringBuilder text = new StringBuilder("key '" + key + "': at most " + longest + " of " + operations
                + " operations can be put in an order; the last of those:\n");
        for (int i = lastOfLongest.size() - 1; i >= 0; i--) {
            text.append("    ").append(lastOfLongest.get(i).operation()).append('\n');
        }
        text.append("  and then none of these can be the next:\n");
        stuck.stream()
                .limit(EXPLAINED_OPERATIONS)
                .forEach(step -> text.append("    ").append(step.operation()).append('\n'));
        return text.toString();
    }

    private record Choice(Event event, int valueBefore, boolean isForced) {
        /** A read of what the register does not hold: an optional write happened right before it. */
        boolean supposesAWrite() {
            return !event.step.isWrite() && event.step.value() != valueBefore;
        }
    }
}
