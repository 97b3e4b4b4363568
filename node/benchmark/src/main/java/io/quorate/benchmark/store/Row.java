package io.quorate.benchmark.store;

import org.HdrHistogram.Histogram;

/** What one group did. */
record Row(
        String what,
        boolean writes,
        long operations,
        double seconds,
        double p50Us,
        double p99Us,
        double p999Us,
        double maxUs) {
    /** Where the page cache cannot be emptied. */
    private static final String WARM_PAGES = "page cache not emptied";

    static Row of(Workers group, Histogram latencyNs, double seconds) {
        return new Row(
                group.what(),
                group.writes(),
                latencyNs.getTotalCount(),
                seconds,
                latencyNs.getValueAtPercentile(50) / 1e3,
                latencyNs.getValueAtPercentile(99) / 1e3,
                latencyNs.getValueAtPercentile(99.9) / 1e3,
                latencyNs.getMaxValue() / 1e3);
    }

    /** The same of a case that was to find nothing in the page cache. */
    Row withWarmPages() {
        String also = what.isEmpty() ? WARM_PAGES : what + ", " + WARM_PAGES;
        return new Row(also, writes, operations, seconds, p50Us, p99Us, p999Us, maxUs);
    }

    double perSecond() {
        return operations / seconds;
    }
}
