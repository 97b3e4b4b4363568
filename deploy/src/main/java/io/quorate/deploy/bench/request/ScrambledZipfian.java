package io.quorate.deploy.bench.request;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * YCSB's scrambled zipfian choice with exponent 0.99: a rank among ten billion by the method of Gray et al. ("Quickly
 * generating billion-record synthetic databases", SIGMOD '94), hashed onto the keys, so that results compare with those
 * of others.
 */
final class ScrambledZipfian implements LongSupplier {
    private static final double EXPONENT = 0.99;
    private static final long RANKS = 10_000_000_000L;

    /** The sum of 1 / i^0.99 for all ranks i, as YCSB has it. */
    private static final double ZETA = 26.46902820178302;

    private static final double SECOND = Math.pow(0.5, EXPONENT);
    private static final double ALPHA = 1 / (1 - EXPONENT);
    private static final double ETA = (1 - Math.pow(2.0 / RANKS, 1 - EXPONENT)) / (1 - (1 + SECOND) / ZETA);

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 1099511628211L;

    private final long keys;
    private final SplittableRandom random;

    ScrambledZipfian(long keys, SplittableRandom random) {
        this.keys = keys;
        this.random = random;
    }

    @Override
    public long getAsLong() {
        return Long.remainderUnsigned(fnv1a(rank()), keys);
    }

    private long rank() {
        double u = random.nextDouble();
        double uz = u * ZETA;
        if (uz < 1) {
            return 0;
        }
        return uz < 1 + SECOND ? 1 : (long) (RANKS * Math.pow(ETA * u - ETA + 1, ALPHA));
    }

    private static long fnv1a(long number) {
        long hash = FNV_OFFSET;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (number >>> shift & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
