package io.quorate.deploy.log;

import io.quorate.common.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Limits the lines of one kind in a log. After so many lines in a second the rest of that second has none, so that an
 * outage does not fill the disk. Safe for use by several threads.
 */
final class LineBudget {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final int linesPerSecond;
    private final Clock clock;
    private long secondBeganNs;
    private int written;
    private long leftOut;

    LineBudget(int linesPerSecond, Clock clock) {
        this.linesPerSecond = linesPerSecond;
        this.clock = clock;
        this.secondBeganNs = clock.monotonicNs();
    }

    /** Present if one more line may be written now: the number of lines left out since the last one. */
    synchronized OptionalLong take() {
        long nowNs = clock.monotonicNs();
        if (nowNs - secondBeganNs >= SECOND_NS) {
            secondBeganNs = nowNs;
            written = 0;
        }
        if (written == linesPerSecond) {
            leftOut++;
            return OptionalLong.empty();
        }
        written++;
        long missing = leftOut;
        leftOut = 0;
        return OptionalLong.of(missing);
    }
}
