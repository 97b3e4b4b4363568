package io.quorate.deploy.local.folder;

import io.quorate.common.time.SystemClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for other processes by polling, since they do not report their state. */
public final class Waiting {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private Waiting() {}

    /** Returns whether the condition held before the timeout. */
    public static boolean until(long timeoutMs, BooleanSupplier condition) {
        long deadlineNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean()) {
            if (SystemClock.INSTANCE.monotonicNs() - deadlineNs > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void forEnd(Process process) {
        while (process.isAlive()) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(POLL_NS);
    }
}
