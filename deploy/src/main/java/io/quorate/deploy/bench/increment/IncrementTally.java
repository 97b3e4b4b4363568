package io.quorate.deploy.bench.increment;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What happened to the increments of a span of time. Belongs to the event loop until the span is over. */
final class IncrementTally {
    private static final long LATENCY_US_MAX = 120_000_000;

    private final Histogram latencyUs = new Histogram(LATENCY_US_MAX, 3);
    private final Map<String, Long> others = new TreeMap<>();

    void succeeded(long beganNs, long nowNs) {
        latencyUs.recordValue(Math.min((nowNs - beganNs) / 1_000, LATENCY_US_MAX));
    }

    /** An attempt ended in another way: a status, or a failed connection. */
    void missed(String how) {
        others.merge(how, 1L, Long::sum);
    }

    long successes() {
        return latencyUs.getTotalCount();
    }

    double percentileMs(double percentile) {
        return latencyUs.getValueAtPercentile(percentile) / 1e3;
    }

    /** How many attempts ended in each other way. */
    Map<String, Long> others() {
        return others;
    }
}
