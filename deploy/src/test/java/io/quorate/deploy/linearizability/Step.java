package io.quorate.deploy.linearizability;

/**
 * An operation as the search sees it: a step from one content of the register to another, as numbers. A read goes from
 * the content that it found to the same one. A write without a condition goes from any content.
 *
 * @param endNs the latest instant at which it can take effect
 */
record Step(Operation operation, int from, int to, long startNs, long endNs) {
    /** In {@code from}: any content. */
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
