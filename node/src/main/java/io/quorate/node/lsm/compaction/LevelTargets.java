package io.quorate.node.lsm.compaction;

import io.quorate.node.lsm.format.TreeLevel;

/**
 * How large each level should be. The targets are computed from the last level upwards, as in RocksDB's "dynamic level
 * bytes". So most of the data is in the last level, and each level is {@link CompactionOptions.LevelSizes#ratio} times
 * the one above. Upper levels without a target stay empty. Level 0 is merged into the <em>base</em>, the first level
 * that has a target. A small store has one level besides level 0.
 */
final class LevelTargets {
    private final CompactionOptions options;
    private final Levels levels;
    private final int base;

    LevelTargets(CompactionOptions options, Levels levels) {
        this.options = options;
        this.levels = levels;
        this.base = Math.min(wantedBase(), firstNonEmpty());
    }

    private int wantedBase() {
        int level = TreeLevel.BOTTOM;
        long bytes = levels.bytes(level);
        while (level > 1 && bytes / options.levels().ratio() >= options.levels().bytesMin()) {
            bytes /= options.levels().ratio();
            level--;
        }
        return level;
    }

    private int firstNonEmpty() {
        for (int level = 1; level < TreeLevel.BOTTOM; level++) {
            if (!levels.level(level).isEmpty()) {
                return level;
            }
        }
        return TreeLevel.BOTTOM;
    }

    /** The level that level 0 is merged into. */
    int base() {
        return base;
    }

    /** How many bytes a level from the base on may have. The last level has no limit. */
    long of(int level) {
        if (level == TreeLevel.BOTTOM) {
            return Long.MAX_VALUE;
        }
        long bytes = levels.bytes(TreeLevel.BOTTOM);
        for (int below = TreeLevel.BOTTOM; below > level; below--) {
            bytes /= options.levels().ratio();
        }
        return Math.max(bytes, options.levels().bytesMin());
    }
}
