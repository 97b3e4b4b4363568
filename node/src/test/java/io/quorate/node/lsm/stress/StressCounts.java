package io.quorate.node.lsm.stress;

import io.quorate.node.lsm.statistics.StoreStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How much was done, over all lives. */
final class StressCounts {
    final LongAdder gets = new LongAdder();
    final LongAdder scans = new LongAdder();
    final LongAdder scannedRecords = new LongAdder();
    final LongAdder checkpoints = new LongAdder();
    private long lives;
    private long writes;
    private long forces;
    private long flushedBytes;
    private long merges;
    private long stalls;

    /** A life has ended. By the main thread. */
    void add(StoreStatistics life) {
        lives++;
        writes += life.figures().writes().count();
        forces += life.figures().log().forces();
        flushedBytes += life.figures().memtables().flushedBytes();
        merges += life.compaction().figures().merges();
        stalls += life.figures().pauses().stalls();
    }

    /** In the order of the report. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("lives", lives);
        all.put("writes", writes);
        all.put("groups", forces);
        all.put("gets", gets.sum());
        all.put("scans", scans.sum());
        all.put("scannedRecords", scannedRecords.sum());
        all.put("checkpoints", checkpoints.sum());
        all.put("flushedBytes", flushedBytes);
        all.put("merges", merges);
        all.put("stalls", stalls);
        return all;
    }
}
