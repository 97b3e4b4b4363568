package io.quorate.coordinator.console;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits how many requests a process shows: ten a second, a few at once after a pause, and never more than 20 in a
 * second. Failed and slow requests may still be shown when ordinary ones have to wait.
 *
 * <p>This is the "generic cell rate algorithm" of ATM. Each request that is shown moves an instant ahead by its share
 * of a second. A request may be shown while that instant is not too far in the future. Safe for use by several threads.
 */
final class DisplayRateLimiter {
    private static final long SHARE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long AHEAD_NS_MAX = 9 * SHARE_NS;
    private static final long AHEAD_NS_MAX_ORDINARY = 6 * SHARE_NS;

    private final AtomicLong instantNs;

    DisplayRateLimiter(long nowNs) {
        instantNs = new AtomicLong(nowNs);
    }

    /** Whether a request may be shown now. If so, it is counted. */
    boolean tryAcquire(long nowNs, boolean ordinary) {
        long aheadNsMax = ordinary ? AHEAD_NS_MAX_ORDINARY : AHEAD_NS_MAX;
        while (true) {
            long instant = instantNs.get();
            long ahead = Math.max(0, instant - nowNs);
            if (ahead > aheadNsMax) {
                return false;
            }
            if (instantNs.compareAndSet(instant, nowNs + ahead + SHARE_NS)) {
                return true;
            }
        }
    }
}
