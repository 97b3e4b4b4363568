package io.quorate.benchmark.store;

import java.util.List;

/**
 * What one case did with one engine, and what it cost.
 *
 * @param memory unknown in files of earlier runs
 * @param tables empty in files of earlier runs
 */
record CaseOutcome(
        EngineKind engine,
        Case which,
        int keys,
        int valueBytes,
        List<Row> rows,
        Cost cost,
        MemoryUse memory,
        TableBytes tables) {
    CaseOutcome {
        memory = memory == null ? MemoryUse.UNKNOWN : memory;
        tables = tables == null ? TableBytes.NONE : tables;
    }

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

    /** Not a number if nothing had to be written, or if the system does not report it. */
    double writtenRatio() {
        return cost.writtenBytes() >= 0 ? ratioToUser(cost.writtenBytes()) : Double.NaN;
    }

    /** The same without the log. */
    double tablesRatio() {
        return tables.equals(TableBytes.NONE) ? Double.NaN : ratioToUser(tables.written());
    }

    private double ratioToUser(long bytes) {
        return cost.userBytes() > 0 ? bytes / (double) cost.userBytes() : Double.NaN;
    }
}
