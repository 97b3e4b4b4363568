package io.quorate.deploy.config;

/**
 * How fast a node compares its data with the other nodes, over and over.
 *
 * @param verifyEveryMs about how long one pass over all data takes, unless that is less than 1 MiB a second. Too low
 *     takes CPU and disk from clients. Too high finds a difference or a damaged block late. Default one day
 * @param verifyBytesPerSecondMax the limit on how fast a node reads its data for a pass, also after {@code quorate
 *     repair now}. Too low makes a repair long. Too high slows clients down while it goes on. Default 32 MiB
 */
public record VerificationOptions(int verifyEveryMs, int verifyBytesPerSecondMax) implements OptionGroup {
    static VerificationOptions take(Options options) {
        return new VerificationOptions(
                options.integer("verifyEveryMs", 60_000, 2_000_000_000, 86_400_000),
                options.integer("verifyBytesPerSecondMax", 1 << 20, 1 << 30, 32 << 20));
    }
}
