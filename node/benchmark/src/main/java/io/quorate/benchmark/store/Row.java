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

    double perSecond() {
        return operations / seconds;
    }
}
