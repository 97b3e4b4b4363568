package io.quorate.deploy.simulation;

/** Something that may never be was seen. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }
}
