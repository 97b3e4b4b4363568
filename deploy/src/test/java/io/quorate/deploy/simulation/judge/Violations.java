package io.quorate.deploy.simulation.judge;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What judges found, the first finding of each. Judges report and do not throw. They often run inside the store, and
 * the store would take their exception for a failure of its own. The run asks after each step.
 */
public final class Violations {
    private final SortedMap<Integer, String> firsts = new TreeMap<>();
    private String first = "";

    void add(int invariant, String what) {
        String finding = "I" + invariant + ": " + what;
        if (first.isEmpty()) {
            first = finding;
        }
        firsts.putIfAbsent(invariant, finding);
    }

    /** @throws Violation if there is any */
    public void requireNone() {
        if (!first.isEmpty()) {
            throw new Violation(first);
        }
    }

    /** By the number of the invariant. */
    public SortedMap<Integer, String> firsts() {
        return firsts;
    }
}
