package io.quorate.node.lsm.compaction;

/**
 * How tables are merged. The defaults suit stores of some GB to some hundred GB.
 *
 * @param tableBytes about how long the tables are that a merge writes, see also {@link #tableEntries}. Shorter tables
 *     make smaller merges and more files
 * @param expiryGraceMs how long a merge keeps a value after its expiry. It must be far above the difference between the
 *     clocks of nodes
 */
public record CompactionOptions(
        long tableBytes, TierLimits tier, LevelSizes levels, MergeWork merges, DebtLimits debt, long expiryGraceMs) {
    private static final long MIB = 1 << 20;
    private static final long HOUR_MS = 3_600_000;

    /** An entry counts as at least so many bytes of a table. A writer keeps 8 bytes of heap for each. */
    private static final int ENTRY_BYTES_MIN = 64;

    private static final long ENTRIES_MIN = 1 << 12;

    public static final CompactionOptions DEFAULTS = new CompactionOptions(
            64 * MIB,
            new TierLimits(4, 12, 20, 32),
            new LevelSizes(512 * MIB, 10),
            new MergeWork(2, 2, 1 << 20, 64 * MIB),
            new DebtLimits(8_192 * MIB, 32_768 * MIB, 8 * MIB),
            HOUR_MS);

    public CompactionOptions {
        requireAtLeast(1, tableBytes, "tableBytes");
        requireAtLeast(0, expiryGraceMs, "expiryGraceMs");
    }

    /**
     * How many entries a table has at most: one for each 64 bytes of its full size, so a million by default. Small
     * entries compress to a few bytes. Without this bound, the heap for a table's filter would have no bound either.
     */
    long tableEntries() {
        return Math.max(ENTRIES_MIN, tableBytes / ENTRY_BYTES_MIN);
    }

    /** What part of a full table this one is, by bytes or by entries, whichever is more. */
    double fullness(TableDescription table) {
        return Math.max((double) table.bytes() / tableBytes, (double) table.entries() / tableEntries());
    }

    /**
     * How many tables level 0 may have.
     *
     * @param tablesMin level 0 is merged down from this many tables on, if it has enough bytes. A merge then rewrites
     *     at most two bytes of the next level for each byte of level 0
     * @param tablesMax level 0 is merged down at this many tables, worth it or not: this bounds the tables that a read
     *     looks into
     * @param tablesSlow from this many tables on, writers are delayed
     * @param tablesSlowest at this many tables, writers are slowest. They are never stopped for merges
     */
    public record TierLimits(int tablesMin, int tablesMax, int tablesSlow, int tablesSlowest) {
        public TierLimits {
            requireAtLeast(2, tablesMin, "tier.tablesMin");
            requireAtLeast(tablesMin, tablesMax, "tier.tablesMax");
            requireAtLeast(tablesMax, tablesSlow, "tier.tablesSlow");
            requireAtLeast(tablesSlow + 1L, tablesSlowest, "tier.tablesSlowest");
        }
    }

    /**
     * How large the levels below level 0 are.
     *
     * @param bytesMin a level above the last one may always hold this much before a merge moves a part of it down
     * @param ratio how much larger each level is than the one above. A larger ratio means fewer levels to look into and
     *     more bytes to rewrite
     */
    public record LevelSizes(long bytesMin, int ratio) {
        public LevelSizes {
            requireAtLeast(1, bytesMin, "levels.bytesMin");
            requireAtLeast(2, ratio, "levels.ratio");
        }
    }

    /**
     * How much work merges do at once.
     *
     * @param mergesMax how many merges run at once
     * @param slicesMax into how many ranges of keys one merge is divided, to run them side by side
     * @param stepBytes after how many bytes a merge gives its thread to other work
     * @param bytesPerSecondMin how much a merge reads a second while little is due
     */
    public record MergeWork(int mergesMax, int slicesMax, int stepBytes, long bytesPerSecondMin) {
        public MergeWork {
            requireAtLeast(1, mergesMax, "merges.mergesMax");
            requireAtLeast(1, slicesMax, "merges.slicesMax");
            requireAtLeast(1, stepBytes, "merges.stepBytes");
            requireAtLeast(1, bytesPerSecondMin, "merges.bytesPerSecondMin");
        }
    }

    /**
     * How many bytes may wait to be rewritten.
     *
     * @param bytesSlow from this debt on, merges run without a limit, and writers are delayed. In a store of more than
     *     four times as much it is a quarter of the store
     * @param bytesSlowest at this debt, writers are slowest. In a larger store it is all of the store
     * @param firstBytesPerSecond what writers may write a second when they are delayed, before it is measured
     */
    public record DebtLimits(long bytesSlow, long bytesSlowest, long firstBytesPerSecond) {
        public DebtLimits {
            requireAtLeast(1, bytesSlow, "debt.bytesSlow");
            requireAtLeast(bytesSlow + 1, bytesSlowest, "debt.bytesSlowest");
            requireAtLeast(1, firstBytesPerSecond, "debt.firstBytesPerSecond");
        }
    }

    private static void requireAtLeast(long min, long actual, String name) {
        if (actual < min) {
            throw new IllegalArgumentException(name + " is " + actual + ", it must be at least " + min);
        }
    }
}
