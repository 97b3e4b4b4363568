package io.quorate.deploy.audit;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Limits the lines that callers can cause: {@value #AT_ONCE} at once, and then so many each second. Safe for use by
 * several threads.
 */
final class CallerBudget {
    static final int AT_ONCE = 100;

    private final long lineNs;

    /** When there is room for {@link #AT_ONCE} again. Guarded by this object, as all fields are. */
    private long wholeAtNs;

    private long dropped;

    CallerBudget(int perS, long nowNs) {
        this.lineNs = TimeUnit.SECONDS.toNanos(1) / perS;
        this.wholeAtNs = nowNs;
    }

    /** Empty if this line has to be dropped. Otherwise how many were dropped since the last one that was not. */
    synchronized OptionalLong take(long nowNs) {
        long startNs = wholeAtNs - nowNs < 0 ? nowNs : wholeAtNs;
        if (startNs - nowNs > (AT_ONCE - 1) * lineNs) {
            dropped++;
            return OptionalLong.empty();
        }
        wholeAtNs = startNs + lineNs;
        long before = dropped;
        dropped = 0;
        return OptionalLong.of(before);
    }
}
