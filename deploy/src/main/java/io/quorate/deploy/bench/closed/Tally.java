package io.quorate.deploy.bench.closed;

import io.quorate.deploy.bench.request.RequestKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What happened in a span of time. Belongs to the event loop until the span is over. */
public final class Tally {
    private static final long LATENCY_US_MAX = 120_000_000;
    private static final int DIGITS = 3;

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

    public double seconds() {
        return (endNs - startNs) / 1e9;
    }

    public OfKind of(RequestKind kind) {
        return kinds.get(kind);
    }

    public long successes() {
        return kinds.values().stream()
                .mapToLong(tally -> tally.latencyUs.getTotalCount())
                .sum();
    }

    public long errors() {
        return kinds.values().stream()
                .flatMap(tally -> tally.errors.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Of the successful requests of all kinds. */
    public double percentileMs(double percentile) {
        Histogram all = new Histogram(LATENCY_US_MAX, DIGITS);
        kinds.values().forEach(tally -> all.add(tally.latencyUs));
        return all.getValueAtPercentile(percentile) / 1e3;
    }

    /** The longest time without a success, of the kind that has the longest. */
    public double longestGapMs() {
        return kinds.values().stream()
                .filter(tally -> !tally.isEmpty())
                .mapToDouble(OfKind::longestGapMs)
                .max()
                .orElse(0);
    }

    /** What happened to the requests of one kind. */
    public static final class OfKind {
        private final Histogram latencyUs = new Histogram(LATENCY_US_MAX, DIGITS);
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

        public boolean isEmpty() {
            return count() == 0 && errors.isEmpty();
        }

        public long count() {
            return latencyUs.getTotalCount();
        }

        public double percentileMs(double percentile) {
            return latencyUs.getValueAtPercentile(percentile) / 1e3;
        }

        public double longestGapMs() {
            return longestGapNs / 1e6;
        }

        public Map<String, Long> errors() {
            return errors;
        }
    }
}
