package io.quorate.deploy.simulation.judge;

/** A judge of one invariant of {@code coordinator/docs/protocol.md}, named with its number. */
public abstract class Invariant {
    private final int number;
    private final Violations violations;

    Invariant(int number, Violations violations) {
        this.number = number;
        this.violations = violations;
    }

    public final void violated(String what) {
        violations.add(number, what);
    }
}
