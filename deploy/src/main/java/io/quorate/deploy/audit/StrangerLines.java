package io.quorate.deploy.audit;

import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Limits the lines about callers without a name to {@value #PER_S_MAX} each second. More of them would push the lines
 * about principals out of the files. Safe for use by several threads.
 */
final class StrangerLines {
    static final int PER_S_MAX = 100;

    private static final long S_NS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;

    /** Guarded by this object, as all fields are. */
    private long sinceNs;

    private int added;

    StrangerLines(Clock clock) {
        this.clock = clock;
        this.sinceNs = clock.monotonicNs();
    }

    /** Whether there is room for one more, which counts then. */
    synchronized boolean mayAdd() {
        long nowNs = clock.monotonicNs();
        if (nowNs - sinceNs >= S_NS) {
            sinceNs = nowNs;
            added = 0;
        }
        if (added == PER_S_MAX) {
            return false;
        }
        added++;
        return true;
    }
}
