package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.block.Compression;
import java.util.Comparator;
import java.util.List;

/**
 * Which tables to merge, and into which level.
 *
 * @param inputs at least one table. The result also replaces those of them that are in {@code toLevel}
 * @param isMove whether the only input goes to its new level as it is, without being read
 */
public record CompactionPlan(MergeReason reason, List<TableDescription> inputs, int toLevel, boolean isMove) {
    /** Why the merge is made. */
    public enum MergeReason {
        /** Level 0 has as many tables as it should have. */
        TIER_IS_DUE,
        /** Small tables of level 0 become a larger one, which stays in level 0. */
        SMALL_TABLES,
        /** A level holds more than its target. */
        LEVEL_IS_FULL,
        /** Tombstones go down to meet the values that they delete. */
        TOMBSTONES,
        /** Forgotten tombstones meet what they erase, and go. */
        FORGOTTEN,
        /** Expired values lose their bytes. */
        EXPIRED
    }

    public CompactionPlan {
        inputs = List.copyOf(inputs);
    }

    /** The least key of all inputs. */
    public Key firstKey() {
        return inputs.stream()
                .map(TableDescription::firstKey)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    public Key lastKey() {
        return inputs.stream()
                .map(TableDescription::lastKey)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * How the outputs are written. The last level has most of the bytes, and is rewritten least often. So it is worth
     * the better compression.
     */
    public TableOptions outputOptions(int blockBytes, long wallMs) {
        Compression compression = toLevel == TreeLevel.BOTTOM ? Compression.ZSTD : Compression.LZ4;
        return new TableOptions(blockBytes, compression, TableCause.COMPACTION, toLevel, wallMs);
    }

    public long bytes() {
        return inputs.stream().mapToLong(TableDescription::bytes).sum();
    }

    /** How many entries of the inputs are forgotten. */
    long forgotten() {
        return inputs.stream().mapToLong(TableDescription::forgotten).sum();
    }

    /** How many inputs are in a level. */
    long inputsOf(int level) {
        return inputs.stream().filter(table -> table.level() == level).count();
    }

    /** How many entries the inputs have. */
    public long entries() {
        return inputs.stream().mapToLong(TableDescription::entries).sum();
    }

    /** Whether its outputs might overlap those of another plan. Then the two must not run at once. */
    boolean mayCollideWith(int level, Key first, Key last) {
        return toLevel > 0 && toLevel == level && firstKey().compareTo(last) <= 0 && first.compareTo(lastKey()) <= 0;
    }
}
