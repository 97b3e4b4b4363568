package io.quorate.node.lsm.options;

/**
 * How one thread of a store asks for the work of another. Each call submits a task and returns at once. Any thread may
 * call it.
 */
public interface Wakeups {
    /** The log thread looks again at the waiting writes: a flush or a merge has ended, or the store has failed. */
    void resumeWriters();

    /** The maintenance thread looks for disk space, and goes on with the work that waits for it. */
    void probeSpace();
}
