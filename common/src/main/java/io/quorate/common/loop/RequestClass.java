package io.quorate.common.loop;

/**
 * How much a request of a client matters when there are too many, the most important class first. What an operator or a
 * load balancer asks is never refused, since it says why the others are. A read has no effect, and a client that loses
 * one loses nothing else. A scan or a batch is the work of many requests, and mostly no person waits for it.
 */
public enum RequestClass {
    HEALTH("health", 1),
    ADMIN("admin", 1),
    READ("read", 1),
    WRITE("write", 2),
    /** Scans and batches. */
    BULK("bulk", 4);

    private final String label;
    private final int part;

    RequestClass(String label, int part) {
        this.label = label;
        this.part = part;
    }

    /** In metrics and events. */
    public String label() {
        return label;
    }

    /** Whether a request of this class may be refused because there are too many. */
    public boolean mayBeShed() {
        return this == READ || isBelow(READ);
    }

    /** Whether it matters less than another class. */
    boolean isBelow(RequestClass other) {
        return compareTo(other) > 0;
    }

    /** How many of the operations in flight it keeps when it gives way to a higher class. */
    int share(int limit) {
        return Math.max(1, limit / part);
    }
}
