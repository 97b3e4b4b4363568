package io.quorate.benchmark.store;

import java.util.List;

/** What one case did with one engine, and what it cost. */
record CaseOutcome(EngineKind engine, Case which, int keys, int valueBytes, List<Row> rows, Cost cost) {
    /**
     * From the first operation until the engine had nothing left to do in the background.
     *
     * @param restSeconds from the last operation until then
     * @param cpuSeconds of the whole process, all its threads, compiler and collector included
     * @param writtenBytes the bytes that the process passed to the kernel to write, or -1 if the system does not report
     *     them
     * @param userBytes keys and values that were written
     * @param diskBytes length of all files at the end
     */
    record Cost(double restSeconds, double cpuSeconds, long writtenBytes, long userBytes, long diskBytes) {}

    double cpuUsPerOperation() {
        return cost.cpuSeconds()
                * 1e6
                / Math.max(1, rows.stream().mapToLong(Row::operations).sum());
    }
}
