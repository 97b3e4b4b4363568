package io.quorate.node.lsm.statistics;

import io.quorate.common.statistics.StoreFigures.CompactionFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import java.util.List;

/**
 * The tables of each level, and the merges since the store was opened. Bytes are those of files.
 *
 * @param levels from 0 on
 * @param figures the merges, over all levels. The debt is as of the last flush or end of a merge
 * @param mergesHeldUp how many merges and moves found no disk space and were undone. They are tried again
 */
public record CompactionStatistics(List<LevelFigures> levels, CompactionFigures figures, long mergesHeldUp) {
    public long tableBytes() {
        return levels.stream().mapToLong(LevelFigures::tableBytes).sum();
    }
}
