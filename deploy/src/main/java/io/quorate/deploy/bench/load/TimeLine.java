package io.quorate.deploy.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** How many requests that were due in each quarter of a second were good, were refused with 429, or failed. */
public final class TimeLine {
    private static final int SLOTS_A_SECOND = 4;
    private static final long SLOT_NS = TimeUnit.SECONDS.toNanos(1) / SLOTS_A_SECOND;

    /** With so large a share of good requests, the cluster is well again. */
    private static final double WELL = 0.99;

    private final long startNs;
    private final List<Slot> slots = new ArrayList<>();

    private static final class Slot {
        private long due;
        private long good;
        private long refused;
    }

    /**
     * One second, for display.
     *
     * @param refused with 429
     * @param failed in any other way
     */
    public record Second(int number, long due, long good, long refused, long failed) {}

    TimeLine(long startNs) {
        this.startNs = startNs;
    }

    void due(long dueNs) {
        slot(dueNs).due++;
    }

    void good(long dueNs) {
        slot(dueNs).good++;
    }

    void failed(long dueNs, String label) {
        slot(dueNs).refused += label.startsWith("429") ? 1 : 0;
    }

    private Slot slot(long dueNs) {
        int index = (int) Math.max(0, (dueNs - startNs) / SLOT_NS);
        while (slots.size() <= index) {
            slots.add(new Slot());
        }
        return slots.get(index);
    }

    public List<Second> seconds() {
        List<Second> seconds = new ArrayList<>();
        for (int from = 0; from < slots.size(); from += SLOTS_A_SECOND) {
            List<Slot> of = slots.subList(from, Math.min(slots.size(), from + SLOTS_A_SECOND));
            long due = of.stream().mapToLong(slot -> slot.due).sum();
            long good = of.stream().mapToLong(slot -> slot.good).sum();
            long refused = of.stream().mapToLong(slot -> slot.refused).sum();
            seconds.add(new Second(from / SLOTS_A_SECOND, due, good, refused, due - good - refused));
        }
        return seconds;
    }

    /** When the last bad quarter of a second ended, in seconds from the start, or empty if the last of all was bad. */
    public OptionalDouble wellAfterSeconds() {
        int last = slots.size() - 1;
        while (last >= 0 && slots.get(last).good >= WELL * slots.get(last).due) {
            last--;
        }
        return last >= 0 && last == slots.size() - 1
                ? OptionalDouble.empty()
                : OptionalDouble.of((last + 1) / (double) SLOTS_A_SECOND);
    }
}
