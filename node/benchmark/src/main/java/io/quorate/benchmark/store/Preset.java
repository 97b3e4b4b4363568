package io.quorate.benchmark.store;

import java.util.Arrays;
import java.util.List;

/** What options that are not given stand for. */
enum Preset {
    /** Each case, with stores that fit into the memory of the machine many times. */
    USUAL(Arrays.asList(Case.values()), List.of(100, 1_000), 4, 2, 0),

    /** The cases that depend on how much a store holds, long enough to fill a cache. */
    LARGE(
            List.of(
                    Case.FILL_RANDOM,
                    Case.OPEN,
                    Case.HIT_1,
                    Case.COLD_HIT_1,
                    Case.MISS_1,
                    Case.SCAN_10,
                    Case.SCAN_100,
                    Case.READ_WHILE_WRITING),
            List.of(1_000),
            20,
            20,
            5);

    /** For {@link #USUAL}, for each length of values. */
    static final List<Integer> KEYS = List.of(3_000_000, 1_000_000);

    final List<Case> cases;
    final List<Integer> valueBytes;
    final double seconds;
    final double warmupSeconds;
    final double cachePercent;

    Preset(List<Case> cases, List<Integer> valueBytes, double seconds, double warmupSeconds, double cachePercent) {
        this.cases = cases;
        this.valueBytes = valueBytes;
        this.seconds = seconds;
        this.warmupSeconds = warmupSeconds;
        this.cachePercent = cachePercent;
    }
}
