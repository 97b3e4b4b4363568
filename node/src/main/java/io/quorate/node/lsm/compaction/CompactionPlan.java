package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.TableCause;
import io.quorate.node.lsm.table.TableOptions;
import io.quorate.node.lsm.table.block.Compression;
import java.util.Comparator;
import java.util.List;

/**
 * What to merge, and where the result goes.
 *
 * @param inputs at least one table; those of {@code toLevel} among them are what the result replaces there
 * @param isMove whether the one input is to go to its new level as it is, without being read
 */
public record CompactionPlan(MergeReason reason, List<TableDescription> inputs, int toLevel, boolean isMove) {
    /** Why a merge is worth it. */
    public enum MergeReason {
        /** Level 0 has as many tables as it should have. */
        TIER_IS_DUE,
        /** Small tables of level 0 make a larger one, which stays there. */
        SMALL_TABLES,
        /** A level holds more than its target. */
        LEVEL_IS_FULL,
        /** Tombstones are to meet what they delete, in the next level. */
        TOMBSTONES,
        /** Values whose life is over are to go. */
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
     * How what it writes is to be written. The last level has most of the bytes, and they are rewritten least often: it is
     * worth the better compression.
     */
    public TableOptions outputOptions(int blockBytes) {
        Compression compression = toLevel == TreeLevel.BOTTOM ? Compression.ZSTD : Compression.LZ4;
        return new TableOptions(blockBytes, compression, TableCause.COMPACTION, toLevel);
    }

    public long bytes() {
        return inputs.stream().mapToLong(TableDescription::bytes).sum();
    }

    /** Whether what it writes might overlap what another plan writes: then the two must not be done at once. */
    boolean mayCollideWith(int level, Key first, Key last) {
        return toLevel > 0 && toLevel == level && firstKey().compareTo(last) <= 0 && first.compareTo(lastKey()) <= 0;
    }
}
