package io.quorate.coordinator.replica.delay;

/** A request that was sent, and its place in the ring of {@link UnansweredRequests}. */
public final class Asked {
    private final Effort effort;
    private final long atNs;
    Asked previous;
    Asked next;

    Asked(Effort effort, long atNs) {
        this.effort = effort;
        this.atNs = atNs;
    }

    Effort effort() {
        return effort;
    }

    /** The monotonic time at which it was sent. */
    long atNs() {
        return atNs;
    }
}
