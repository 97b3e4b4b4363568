package io.quorate.node.lsm.compaction;

/**
 * How tables are merged. The defaults are for some GB to some hundred GB in one store.
 *
 * @param tableBytes about how long the tables are that a merge writes. Shorter ones make smaller merges and more files
 * @param tierTablesMin level 0 is merged into the next one when it has this many tables and as many bytes as make it
 *     worth while: what is rewritten below is at most twice of what comes
 * @param tierTablesMax and, whatever it is worth, when it has this many: the bound on what a read looks at
 * @param tierTablesSlow from this many tables in level 0 on writers are delayed
 * @param tierTablesStop at this many they are stopped, as long as a merge is on its way
 * @param levelBytesMin how much a level above the last one may hold at least before it gives away
 * @param levelRatio how much larger each level is than the one above; a larger one means fewer levels to look at, and
 *     more to rewrite
 * @param mergesMax how many merges go on at once
 * @param partsMax into how many ranges of keys, done at once, one merge is divided
 * @param stepBytes after how much a merge lets others have its thread
 * @param bytesPerSecondMin how much merges read a second while little is due
 * @param debtBytesSlow from how much there is to rewrite on merges go without a limit, and writers are delayed
 * @param debtBytesStop at how much they are stopped
 * @param delayedBytesPerSecond how much writers may write just before they are stopped
 * @param expiryGraceMs how long a value that expired is kept, far above what clocks of nodes may differ by
 */
public record CompactionOptions(
        long tableBytes,
        int tierTablesMin,
        int tierTablesMax,
        int tierTablesSlow,
        int tierTablesStop,
        long levelBytesMin,
        int levelRatio,
        int mergesMax,
        int partsMax,
        int stepBytes,
        long bytesPerSecondMin,
        long debtBytesSlow,
        long debtBytesStop,
        long delayedBytesPerSecond,
        long expiryGraceMs) {
    private static final long MIB = 1 << 20;
    private static final long HOUR_MS = 3_600_000;

    public static final CompactionOptions DEFAULTS = new CompactionOptions(
            64 * MIB,
            4,
            12,
            20,
            36,
            512 * MIB,
            10,
            2,
            2,
            1 << 20,
            64 * MIB,
            8_192 * MIB,
            32_768 * MIB,
            8 * MIB,
            HOUR_MS);

    public CompactionOptions {
        requireAtLeast(1, tableBytes, "tableBytes");
        requireAtLeast(2, tierTablesMin, "tierTablesMin");
        requireAtLeast(tierTablesMin, tierTablesMax, "tierTablesMax");
        requireAtLeast(tierTablesMax, tierTablesSlow, "tierTablesSlow");
        requireAtLeast(tierTablesSlow + 1L, tierTablesStop, "tierTablesStop");
        requireAtLeast(1, levelBytesMin, "levelBytesMin");
        requireAtLeast(2, levelRatio, "levelRatio");
        requireAtLeast(1, mergesMax, "mergesMax");
        requireAtLeast(1, partsMax, "partsMax");
        requireAtLeast(1, stepBytes, "stepBytes");
        requireAtLeast(1, bytesPerSecondMin, "bytesPerSecondMin");
        requireAtLeast(1, debtBytesSlow, "debtBytesSlow");
        requireAtLeast(debtBytesSlow + 1, debtBytesStop, "debtBytesStop");
        requireAtLeast(1, delayedBytesPerSecond, "delayedBytesPerSecond");
        requireAtLeast(0, expiryGraceMs, "expiryGraceMs");
    }

    private static void requireAtLeast(long min, long actual, String name) {
        if (actual < min) {
            throw new IllegalArgumentException(name + " is " + actual + ", it must be at least " + min);
        }
    }
}
