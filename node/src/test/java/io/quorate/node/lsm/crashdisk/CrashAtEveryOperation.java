package io.quorate.node.lsm.crashdisk;

import java.io.IOException;
import java.util.Optional;

/** The exhaustive mode: the same scenario again and again, with a crash before its first operation, its second, ... */
public final class CrashAtEveryOperation {
    private CrashAtEveryOperation() {}

    /** Something that is the same each time, on a new disk each time. */
    public interface Scenario {
        CrashDisk disk();

        /**
         * Runs until the planned crash, or to its end, and then checks.
         *
         * @return whether it got to its end before the crash
         */
        boolean run() throws IOException;
    }

    /** Makes a scenario for one run. */
    public interface Start {
        Scenario begin() throws IOException;
    }

    /**
     * Runs all. Empty if no check fails.
     *
     * @param what the scenario and its seed, for the message
     */
    public static Optional<AssertionError> failure(String what, Start start) throws IOException {
        boolean over = false;
        for (long crashAt = 0; !over; crashAt++) {
            Scenario scenario = start.begin();
            CrashDisk disk = scenario.disk();
            disk.crashAt(crashAt);
            try {
                over = scenario.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                return Optional.of(new AssertionError(
                        what + ", crash at operation " + crashAt + ": " + e.getMessage() + "\n" + disk.story(), e));
            }
        }
        return Optional.empty();
    }
}
