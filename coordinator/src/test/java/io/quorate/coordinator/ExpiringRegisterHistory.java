package io.quorate.coordinator;

import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of an expiring register that clients saw, checked as the history grows. The register goes through its
 * writes in the order of their versions, and within one write from the value to its end. An operation must not see a
 * state before the state of an operation that ended before it began. A write makes a state that no client saw before
 * the write began. With unique versions this is linearizability of a register that may forget each value once, at any
 * instant. The instant is not checked here.
 */
final class ExpiringRegisterHistory {
    private final List<Seen> all = new ArrayList<>();
    private String violation;

    /**
     * @param write the version of the write that made the state, without the step
     * @param end whether the value has expired
     */
    private record Seen(long startNs, long endNs, Version write, boolean end, boolean isWrite) {}

    void wrote(long startNs, long endNs, Version version) {
        add(new Seen(startNs, endNs, version, false, true));
    }

    void read(long startNs, long endNs, Record record) {
        Version version = record.version();
        Version write = new Version(version.timestamp(), version.session(), version.counter(), 0);
        add(new Seen(startNs, endNs, write, record.isTombstone(), false));
    }

    private void add(Seen seen) {
        for (Seen before : all) {
            if (before.endNs < seen.startNs) {
                compare(before, seen);
            }
        }
        all.add(seen);
    }

    private void compare(Seen before, Seen seen) {
        int order = seen.write.compareTo(before.write);
        if (order < 0 || order == 0 && seen.isWrite) {
            violation = seen + " began after " + before + " had ended";
        } else if (order == 0 && before.end && !seen.end) {
            violation = seen + " shows the value after " + before + " had seen its end";
        }
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    /** How many reads saw an expired value. */
    long ends() {
        return all.stream().filter(Seen::end).count();
    }
}
