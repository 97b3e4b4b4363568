package io.quorate.node.lsm.compaction;

import io.quorate.node.lsm.format.TreeLevel;

/**
 * How large each level should be, reckoned from the last one upwards, so that most of the data is always there and each
 * level is {@code levelRatio} times the one above (RocksDB's "dynamic level bytes"). Levels for which nothing is left
 * stay empty: level 0 is merged into the <em>base</em>, the first level that has a target. A small store has one level
 * besides level 0.
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
        while (level > 1 && bytes / options.levelRatio() >= options.levelBytesMin()) {
            bytes /= options.levelRatio();
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

    /** Where level 0 goes. */
    int base() {
        return base;
    }

    /** How many bytes a level from the base on may have; the last one as many as come. */
    long of(int level) {
        if (level == TreeLevel.BOTTOM) {
            return Long.MAX_VALUE;
        }
        long bytes = levels.bytes(TreeLevel.BOTTOM);
        for (int below = TreeLevel.BOTTOM; below > level; below--) {
            bytes /= options.levelRatio();
        }
        return Math.max(bytes, options.levelBytesMin());
    }
}
