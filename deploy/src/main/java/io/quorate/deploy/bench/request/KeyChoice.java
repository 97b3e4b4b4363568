package io.quorate.deploy.bench.request;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** How the next key is chosen. */
public enum KeyChoice {
    /** Every key equally often. */
    UNIFORM {
        @Override
        public LongSupplier over(long keys, SplittableRandom random) {
            return () -> random.nextLong(keys);
        }
    },

    /** Chooses few keys very often, and most keys hardly ever. The popular ones are scattered over all keys. */
    ZIPFIAN {
        @Override
        public LongSupplier over(long keys, SplittableRandom random) {
            return new ScrambledZipfian(keys, random);
        }
    };

    /** Numbers from 0 to {@code keys}, exclusive. */
    public abstract LongSupplier over(long keys, SplittableRandom random);
}
