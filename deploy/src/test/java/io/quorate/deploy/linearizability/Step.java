package io.quorate.deploy.linearizability;

/**
 * An operation as the search sees it: from which content of the register to which, contents as numbers. A read goes
 * from what it found to the same; a write without a condition goes from anything.
 *
 * @param endNs the latest instant at which it can take effect
 */
record Step(Operation operation, int from, int to, long startNs, long endNs) {
    /** In {@code from}: whatever the register holds. */
    static final int ANYTHING = -2;

    boolean isRead() {
        return from == to;
    }

    boolean isUnconditional() {
        return from == ANYTHING;
    }

    boolean needs(int content) {
        return from == content;
    }

    Step until(long latestNs) {
        return new Step(operation, from, to, startNs, latestNs);
    }
}
