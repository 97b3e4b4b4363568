package io.quorate.deploy.simulation.judge;

/** A state or an answer that must never exist. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Violation(String what) {
        super(what);
    }
}
