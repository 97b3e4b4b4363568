package io.quorate.benchmark.store;

/**
 * How long the parts of a case take.
 *
 * @param seconds how long the cases with a closed loop are measured
 * @param warmupSeconds how long the same work is done before anything is measured
 * @param restMs how long the process must have been idle to count as at rest. 0 does not wait
 */
record Timing(double seconds, double warmupSeconds, int restMs) {}
