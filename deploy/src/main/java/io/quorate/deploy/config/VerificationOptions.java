package io.quorate.deploy.config;

/**
 * How fast a node compares its data with the other nodes, over and over.
 *
 * @param verifyEveryMs about how long a pass takes, in which the nodes compare all data and repair what differs, unless
 *     that is less than 1 MiB a second. Too low takes CPU and disk from clients. Too high finds a difference or a
 *     damaged block late. Default one day
 * @param verifyBytesPerSecondMax the limit on how fast a node reads its data for a pass, also after {@code quorate
 *     repair now}. Too low makes a repair long. Too high slows clients down while it goes on. Default 32 MiB
 * @param purgeQuietMs how old a delete is at least when all nodes forget it, so that its key leaves nothing behind. A
 *     write that takes longer than that is refused. 0 keeps a small record of each delete for ever. Otherwise at least
 *     one and a half times {@code requestTimeoutMsMax}. The same value for all nodes. Default a quarter of an hour
 */
public record VerificationOptions(int verifyEveryMs, int verifyBytesPerSecondMax, int purgeQuietMs)
        implements OptionGroup {
    static VerificationOptions take(Options options) {
        return new VerificationOptions(
                options.integer("verifyEveryMs", 60_000, 2_000_000_000, 86_400_000),
                options.integer("verifyBytesPerSecondMax", 1 << 20, 1 << 30, 32 << 20),
                options.integer("purgeQuietMs", 0, 2_000_000_000, 900_000));
    }

    /** A request under way must not meet a fence. */
    void check(Options options, int requestTimeoutMsMax) {
        long leastMs = 3L * requestTimeoutMsMax / 2;
        if (options.sound("purgeQuietMs", "requestTimeoutMsMax") && purgeQuietMs > 0 && purgeQuietMs < leastMs) {
            options.problem(
                    "purgeQuietMs",
                    purgeQuietMs + " is less than a request may take",
                    "allowed: 0, or at least one and a half times requestTimeoutMsMax, which is " + leastMs);
        }
    }
}
