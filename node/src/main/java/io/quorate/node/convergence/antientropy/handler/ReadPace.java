package io.quorate.node.convergence.antientropy.handler;

/**
 * How fast passes read a node's tables. Pure.
 *
 * @param verifyEveryMs one pass takes about this long, if that is at least 1 MiB a second
 * @param bytesPerSecondMax never faster than this
 */
public record ReadPace(long verifyEveryMs, long bytesPerSecondMax) {
    private static final long BYTES_PER_SECOND_MIN = 1 << 20;

    long bytesPerSecond(long tableBytes) {
        double wanted = tableBytes * 1e3 / verifyEveryMs;
        return Math.min(bytesPerSecondMax, Math.max(BYTES_PER_SECOND_MIN, (long) wanted));
    }
}
