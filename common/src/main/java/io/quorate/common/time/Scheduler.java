package io.quorate.common.time;

/** Runs actions later, on the caller's own event loop. So callers and callbacks never overlap. */
public interface Scheduler {
    Timer after(long delayMs, Runnable action);

    /** A callback that has not happened yet. */
    interface Timer {
        /** Prevents the callback. Does nothing if it has happened or was cancelled. */
        void cancel();
    }
}
