package io.quorate.deploy.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** Upper bounds of histograms. Each costs a time series per combination of labels. */
final class Buckets {
    /** Of requests and of answers of replicas: from a cached read to the default timeout and beyond. */
    static final Duration[] REQUEST = micros(
            500,
            1_000,
            2_000,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000);

    /** Of forcing the log: from a drive with power-loss protection to one that fails. */
    static final Duration[] FORCE = micros(
            50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000);

    private Buckets() {}

    private static Duration[] micros(long... bounds) {
        return LongStream.of(bounds)
                .mapToObj(us -> Duration.ofNanos(us * 1_000))
                .toArray(Duration[]::new);
    }
}
