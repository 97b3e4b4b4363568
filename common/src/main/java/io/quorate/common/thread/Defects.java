package io.quorate.common.thread;

/**
 * Keeps a defect where it happened. One loop runs the callbacks of many operations: timers, frames, answers of
 * replicas, observers. A callback that throws ends by itself, and the loop goes on with the next one.
 *
 * <p>The exception goes to the thread's {@link Thread.UncaughtExceptionHandler}, as if the thread had ended by it. A
 * server logs and counts it there. A simulation fails there.
 */
public final class Defects {
    private Defects() {}

    /** Runs a callback. This method never throws what the callback throws. */
    public static void contain(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    /** Reports the exception of a callback that had to be caught. */
    public static void report(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }
}
