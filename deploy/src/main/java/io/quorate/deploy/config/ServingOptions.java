package io.quorate.deploy.config;

/**
 * How a process serves, whatever is asked.
 *
 * @param eventLoops the threads that serve connections. Too low leaves cores idle. Too high makes threads compete for
 *     them. Default half of the cores, at least 1
 * @param slowRequestMs the duration from which a request counts as slow. A slow request is kept for {@code /v1/slow},
 *     and a line in the log shows when each replica answered. 0 turns off both. Too low hides the slow requests among
 *     usual ones. Too high misses them. Default 500
 * @param drainTimeoutMs how long SIGTERM waits for requests in flight. Too low cuts answers off. Too high makes a
 *     restart slow. Default 5000
 */
public record ServingOptions(int eventLoops, int slowRequestMs, int drainTimeoutMs) implements OptionGroup {
    static ServingOptions take(Options options) {
        return new ServingOptions(
                options.integer("eventLoops", 1, 256, defaultEventLoops()),
                options.integer("slowRequestMs", 0, 600_000, 500),
                options.integer("drainTimeoutMs", 0, 600_000, 5_000));
    }

    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
