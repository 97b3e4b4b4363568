package io.quorate.deploy.linearizability;

import io.quorate.deploy.linearizability.LinearizabilityChecker.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Searches for an order of one register's operations that respects real time and explains every read. The search is
 * Wing and Gong's (JPDC '93), with Lowe's memory of configurations that were tried (CCPE '17). An operation may come
 * next if it started before the first end of an operation that is still left. If no operation may come next, the search
 * takes back its last choice.
 *
 * <p>Two kinds of operations are taken at once and are never a choice, because taking them forbids nothing later. The
 * first kind is a read of the present content. The second kind is a write of a content that no remaining operation
 * needs, if no remaining operation needs the present content either. The next operation replaces that content anyway.
 * The choices are conditional writes, and writes that another operation saw.
 */
final class RegisterSearch {
    /** Beyond so many configurations a history is too hard to decide in reasonable memory. */
    private static final int CONFIGURATIONS_MAX = 10_000_000;

    private static final int EXPLAINED_OPERATIONS = 12;

    private static final Optional<int[]> NOTHING_BEFORE = Optional.of(new int[0]);

    /** Stands for all contents that no remaining operation needs. */
    private static final int UNWANTED = -1;

    private final String key;
    private final Event head;
    private final OptionalWrites optional;
    private final long[] taken;
    private final int[] needsLeft;
    private final TriedConfigurations tried = new TriedConfigurations();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private final int operations;
    private int content = Contents.ABSENT;

    private int longest = -1;
    private List<Step> lastOfLongest = List.of();
    private List<Step> stuck = List.of();

    RegisterSearch(String key, RegisterHistory history) {
        this.key = key;
        this.operations = history.required().size();
        this.head = Event.list(history.required());
        this.optional = new OptionalWrites(history.optional());
        this.taken = new long[(operations + 63) / 64];
        this.needsLeft = new int[history.contents()];
        history.required().stream().filter(step -> !step.isUnconditional()).forEach(step -> needsLeft[step.from()]++);
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
        boolean isNeeded = optional.need(content);
        for (Event event = head.next; event.isStart(); event = event.next) {
            Step step = event.step;
            if (step.isRead() && step.needs(content)) {
                return event;
            }
            isNeeded |= step.needs(content);
            if (step.isUnconditional() && !isWanted(step.to())) {
                unwanted = event;
            }
        }
        return isNeeded ? null : unwanted;
    }

    private boolean isWanted(int content) {
        return needsLeft[content] > 0 || optional.need(content);
    }

    private Event chosen(Event from) {
        for (Event event = from; event.isStart(); event = event.next) {
            Choice supposed = choice(event, false);
            if (supposed.isPossible() && isNewWith(supposed)) {
                return event;
            }
        }
        return null;
    }

    private Choice choice(Event event, boolean isForced) {
        Step step = event.step;
        Optional<int[]> before = step.isUnconditional() || step.needs(content)
                ? NOTHING_BEFORE
                : optional.path(content, step.from(), firstEndNs(event));
        return new Choice(event, content, before, isForced);
    }

    private static long firstEndNs(Event from) {
        Event event = from;
        while (event.isStart()) {
            event = event.next;
        }
        return event.timeNs();
    }

    private boolean isNewWith(Choice supposed) {
        apply(supposed);
        boolean isNew = tried.add(new Configuration(isWanted(content) ? content : UNWANTED, taken), optional.used());
        revert(supposed);
        if (tried.size() > CONFIGURATIONS_MAX) {
            throw new IllegalStateException("key " + key + ": undecided after " + CONFIGURATIONS_MAX
                    + " configurations; record a history with fewer concurrent clients on a key");
        }
        return isNew;
    }

    private void take(Event event, boolean isForced) {
        Choice choice = choice(event, isForced);
        choices.push(choice);
        apply(choice);
        event.unlink();
    }

    /** Undoes everything up to and including the last real choice, or empty if there was none. */
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
        flip(choice.event.index);
        choice.before.ifPresent(optional::use);
        countNeed(choice.event.step, -1);
        content = choice.event.step.to();
    }

    private void revert(Choice choice) {
        flip(choice.event.index);
        choice.before.ifPresent(optional::giveBack);
        countNeed(choice.event.step, 1);
        content = choice.contentBefore;
    }

    private void countNeed(Step step, int change) {
        if (!step.isUnconditional()) {
            needsLeft[step.from()] += change;
        }
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

    /**
     * @param before the kinds of optional writes that happened right before it. Empty if no such writes make it
     *     possible
     */
    private record Choice(Event event, int contentBefore, Optional<int[]> before, boolean isForced) {
        boolean isPossible() {
            return before.isPresent();
        }
    }
}
