package io.quorate.common.loop;

/** How many requests of clients an event loop should begin. Asked on that loop, several times a turn. */
public interface Intake {
    /** Whether to read more requests now. */
    boolean isOpen();

    /** How many operations may be in flight before requests wait. */
    int limit();
}
