package io.quorate.coordinator.replica.tcp;

/**
 * A running estimate of the delay that 95 of 100 answers stay below, in constant space. A sample above the estimate
 * moves it up by 19 steps, and a sample below moves it down by one. It comes to rest where 5 of 100 samples are above
 * (Ma, Muthukrishnan, Sandler: "Frugal Streaming for Estimating Quantiles", 2013).
 */
final class LatencyQuantile {
    private static final double STEP = 0.005;
    private static final double UP = 19;
    private static final long NS_MIN = 100_000;

    private final long nsMax;
    private double estimateNs;

    LatencyQuantile(long initialNs, long nsMax) {
        this.nsMax = nsMax;
        this.estimateNs = initialNs;
    }

    void add(long sampleNs) {
        double step = estimateNs * STEP;
        estimateNs += sampleNs > estimateNs ? step * UP : -step;
        estimateNs = Math.max(NS_MIN, Math.min(nsMax, estimateNs));
    }

    long ns() {
        return (long) estimateNs;
    }
}
