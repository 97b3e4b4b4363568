package io.quorate.common.time;

/** Runs things later, on the caller's own event loop: callers and callbacks never overlap. */
public interface Scheduler {
    Timer after(long delayMs, Runnable action);

    /** A callback that has not happened yet. */
    interface Timer {
        /** Prevents the callback; does nothing when it has happened or was cancelled. */
        void cancel();
    }
}
