package io.quorate.deploy.bench;

import io.quorate.deploy.bench.request.RequestKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What happened in a span of time. Belongs to the event loop until the span is over. */
final class Tally {
    private static final long LATENCY_US_MAX = 120_000_000;

    private final Map<RequestKind, OfKind> kinds = new EnumMap<>(RequestKind.class);
    private final long startNs;
    private long endNs;

    Tally(long startNs) {
        this.startNs = startNs;
        for (RequestKind kind : RequestKind.values()) {
            kinds.put(kind, new OfKind(startNs));
        }
    }

    void succeeded(RequestKind kind, long sentNs, long nowNs) {
        OfKind tally = kinds.get(kind);
        tally.latencyUs.recordValue(Math.min((nowNs - sentNs) / 1_000, LATENCY_US_MAX));
        tally.success(nowNs);
    }

    /** @param error a status, or what happened to the connection */
    void failed(RequestKind kind, String error) {
        kinds.get(kind).errors.merge(error, 1L, Long::sum);
    }

    void end(long nowNs) {
        endNs = nowNs;
        kinds.values().forEach(tally -> tally.gapUntil(nowNs));
    }

    double seconds() {
        return (endNs - startNs) / 1e9;
    }

    OfKind of(RequestKind kind) {
        return kinds.get(kind);
    }

    long successes() {
        return kinds.values().stream()
                .mapToLong(tally -> tally.latencyUs.getTotalCount())
                .sum();
    }

    long errors() {
        return kinds.values().stream()
                .flatMap(tally -> tally.errors.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** What happened to the requests of one kind. */
    static final class OfKind {
        private final Histogram latencyUs = new Histogram(LATENCY_US_MAX, 3);
        private final Map<String, Long> errors = new TreeMap<>();
        private long lastSuccessNs;
        private long longestGapNs;

        private OfKind(long startNs) {
            lastSuccessNs = startNs;
        }

        private void success(long nowNs) {
            gapUntil(nowNs);
            lastSuccessNs = nowNs;
        }

        private void gapUntil(long nowNs) {
            longestGapNs = Math.max(longestGapNs, nowNs - lastSuccessNs);
        }

        boolean isEmpty() {
            return count() == 0 && errors.isEmpty();
        }

        long count() {
            return latencyUs.getTotalCount();
        }

        double percentileMs(double percentile) {
            return latencyUs.getValueAtPercentile(percentile) / 1e3;
        }

        double longestGapMs() {
            return longestGapNs / 1e6;
        }

        Map<String, Long> errors() {
            return errors;
        }
    }
}
