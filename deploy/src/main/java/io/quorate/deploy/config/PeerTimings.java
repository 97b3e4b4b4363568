package io.quorate.deploy.config;

/**
 * When a process doubts its peers.
 *
 * @param heartbeatMs the time between two heartbeats on each connection to a replica. Too low costs CPU when idle. Too
 *     high makes {@code silentMs} coarse. Default 100
 * @param silentMs the time without a heartbeat after which a replica counts as down, and no request waits for it. Too
 *     low takes a pause for garbage collection for a crash. Too high lets requests wait for a dead replica. Default 500
 * @param hedgeDelayMsMax the longest wait before a read also asks another replica. Too low doubles the load of reads as
 *     soon as something is slow. Too high lets one slow replica show in the tail latency. Default 20
 * @param clockSkewMsMax the limit on how far in the future a timestamp may be and still move this process's clock. Too
 *     low ignores correct clocks that are a little ahead. Too high lets one wrong clock move all others. Default 500
 */
public record PeerTimings(int heartbeatMs, int silentMs, int hedgeDelayMsMax, int clockSkewMsMax)
        implements OptionGroup {
    static PeerTimings take(Options options) {
        return new PeerTimings(
                options.integer("heartbeatMs", 10, 10_000, 100),
                options.integer("silentMs", 50, 60_000, 500),
                options.integer("hedgeDelayMsMax", 1, 60_000, 20),
                options.integer("clockSkewMsMax", 0, 3_600_000, 500));
    }

    void check(Options options) {
        if (options.sound("heartbeatMs", "silentMs") && silentMs < 2 * heartbeatMs) {
            options.problem(
                    "silentMs",
                    silentMs + " leaves no room for one lost heartbeat",
                    "allowed: at least twice heartbeatMs, which is " + heartbeatMs);
        }
    }
}
