package io.quorate.deploy.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The start or the end of an operation, in a list by time. The search takes the operations that took effect out of the
 * list, and puts them back in the reverse order.
 */
final class Event {
    final Step step;
    final int index;
    Event next;
    private final Event end;
    private Event previous;

    private Event(Step step, int index, Event end) {
        this.step = step;
        this.index = index;
        this.end = end;
    }

    /** The head of the list of {@code steps}. At the same instant starts come first, which makes them concurrent. */
    static Event list(List<Step> steps) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Event end = new Event(steps.get(i), i, null);
            events.add(end);
            events.add(new Event(steps.get(i), i, end));
        }
        events.sort(Comparator.comparingLong(Event::timeNs).thenComparing(event -> !event.isStart()));
        Event head = new Event(null, -1, null);
        Event last = head;
        for (Event event : events) {
            event.previous = last;
            last.next = event;
            last = event;
        }
        return head;
    }

    boolean isStart() {
        return end != null;
    }

    long timeNs() {
        return isStart() ? step.startNs() : step.endNs();
    }

    /** Takes a start and its end out. */
    void unlink() {
        leave();
        end.leave();
    }

    void relink() {
        end.enter();
        enter();
    }

    private void leave() {
        previous.next = next;
        if (next != null) {
            next.previous = previous;
        }
    }

    private void enter() {
        previous.next = this;
        if (next != null) {
            next.previous = this;
        }
    }
}
