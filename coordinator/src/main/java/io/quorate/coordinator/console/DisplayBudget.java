package io.quorate.coordinator.console;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests a process may show: ten a second, evenly, and a few at once after a pause; never more than 20 in a
 * second. The failed and slow ones may still be shown when ordinary ones have to wait. (The "generic cell rate
 * algorithm" of ATM: each one shown moves an instant ahead by its share of a second, and that instant may be so far in
 * the future and no further.)
 */
final class DisplayBudget {
    private static final long SHARE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long AHEAD_NS_MAX = 9 * SHARE_NS;
    private static final long AHEAD_NS_MAX_ORDINARY = 6 * SHARE_NS;

    private final AtomicLong instantNs;

    DisplayBudget(long nowNs) {
        instantNs = new AtomicLong(nowNs);
    }

    /** Whether one may be shown now; it is counted then. */
    boolean take(long nowNs, boolean ordinary) {
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
