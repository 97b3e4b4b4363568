package io.quorate.benchmark.store;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says now and then how far a long case is. For one thread. */
final class Progress {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(15);

    private final PrintStream to;
    private final String what;
    private final long begunNs;
    private long toldNs;
    private long toldCount;

    /** @param what is counted, such as {@code operations} */
    Progress(PrintStream to, String what, long nowNs, long countNow) {
        this.to = to;
        this.what = what;
        this.begunNs = nowNs;
        this.toldNs = nowNs;
        this.toldCount = countNow;
    }

    boolean isDue(long nowNs) {
        return nowNs - toldNs >= EVERY_NS;
    }

    void tell(long nowNs, long count) {
        double perSecond = (count - toldCount) / ((nowNs - toldNs) / 1e9);
        to.printf(
                Locale.ROOT,
                "    after %,5.0f s: %,d %s, %,.0f a second lately%n",
                (nowNs - begunNs) / 1e9,
                count,
                what,
                perSecond);
        to.flush();
        toldNs = nowNs;
        toldCount = count;
    }
}
