package io.quorate.benchmark.store;

import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Threads that do the same.
 *
 * @param what they do, if a case has several groups
 * @param writes whether what they do counts as written by the user
 * @param steps the operations of one thread, which draws from this
 */
record Workers(String what, int threads, boolean writes, Function<SplittableRandom, Step> steps) {
    /** The operations of one thread. */
    interface Step {
        /** Does the next operation. False without one. */
        boolean next();

        /** Waits for what is still on its way. */
        default void finish() {}
    }
}
