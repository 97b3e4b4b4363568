package io.quorate.deploy.simulation.judge;

/** Something that may never be was seen. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Violation(String what) {
        super(what);
    }
}
