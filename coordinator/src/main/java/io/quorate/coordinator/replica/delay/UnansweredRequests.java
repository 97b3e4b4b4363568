package io.quorate.coordinator.replica.delay;

/** The requests of one effort that one replica has not answered yet, in the order in which they were sent. */
final class UnansweredRequests {
    private final Asked ring = new Asked(null, 0);

    UnansweredRequests() {
        clear();
    }

    Asked add(Effort effort, long nowNs) {
        Asked asked = new Asked(effort, nowNs);
        asked.next = ring;
        asked.previous = ring.previous;
        asked.previous.next = asked;
        ring.previous = asked;
        return asked;
    }

    void remove(Asked asked) {
        asked.previous.next = asked.next;
        asked.next.previous = asked.previous;
        asked.next = asked;
        asked.previous = asked;
    }

    void clear() {
        ring.next = ring;
        ring.previous = ring;
    }

    boolean isEmpty() {
        return ring.next == ring;
    }

    /** For how long the oldest request has waited, 0 if none waits. */
    long oldestNs(long nowNs) {
        return isEmpty() ? 0 : nowNs - ring.next.atNs();
    }
}
