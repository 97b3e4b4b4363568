package io.quorate.node.bench;

import org.HdrHistogram.Histogram;

/** What one crew did. */
record Row(
        String what,
        boolean writes,
        long operations,
        double seconds,
        double p50Us,
        double p99Us,
        double p999Us,
        double maxUs) {
    static Row of(Workers crew, Histogram latencyNs, double seconds) {
        return new Row(
                crew.what(),
                crew.writes(),
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
