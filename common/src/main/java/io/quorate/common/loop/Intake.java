package io.quorate.common.loop;

/** How many requests of clients an event loop should begin. Asked on that loop, several times a turn. */
public interface Intake {
    /** Whether to read more requests now. */
    boolean isOpen();

    /**
     * Whether to read an address that has less than its even part of the limit in flight, though the limit is reached.
     */
    boolean isOpenBeyondLimit();

    /** How many places the operations in flight may take before requests wait. */
    int limit();
}
