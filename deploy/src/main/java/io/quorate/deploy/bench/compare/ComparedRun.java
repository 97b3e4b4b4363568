package io.quorate.deploy.bench.compare;

/**
 * What one system did with one load in one round.
 *
 * @param cpuSecondsPer10k processor seconds of all nodes for 10,000 operations
 * @param diskBytesPerByte what their disk wrote for each byte of a value that was written; 0 without writes, or if the
 *     system does not say
 * @param residentMib of the largest node, at the end
 * @param longestGapMs the longest time without a success, and {@code failed} what did not succeed
 */
record ComparedRun(
        String load,
        String system,
        double operationsPerS,
        double p50Ms,
        double p99Ms,
        double cpuSecondsPer10k,
        double diskBytesPerByte,
        long residentMib,
        double longestGapMs,
        long failed) {}
