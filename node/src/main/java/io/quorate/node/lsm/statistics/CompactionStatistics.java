package io.quorate.node.lsm.statistics;

import io.quorate.common.statistics.StoreFigures.CompactionFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tables of each level, and the merges since the store was opened. Lists go by level, from 0 on. Bytes are those of
 * files.
 *
 * @param tablesByLevel number of tables
 * @param bytesByLevel length of the tables
 * @param writtenBytesByLevel bytes that merges have written to each level
 * @param merges how many merges ended
 * @param trivialMoves how many tables changed their level without being read
 * @param mergesHeldUp how many merges and moves found no disk space and were undone. They are tried again
 * @param runningMerges how many merges run now
 * @param debtBytes about how many bytes merges must write until none is due, as of the last flush or end of a merge
 */
public record CompactionStatistics(
        List<Integer> tablesByLevel,
        List<Long> bytesByLevel,
        List<Long> writtenBytesByLevel,
        long merges,
        long trivialMoves,
        long mergesHeldUp,
        int runningMerges,
        long debtBytes) {
    /** The tables of each level, from 0 on. */
    public List<LevelFigures> levels() {
        return IntStream.range(0, tablesByLevel.size())
                .mapToObj(level -> new LevelFigures(
                        tablesByLevel.get(level), bytesByLevel.get(level), writtenBytesByLevel.get(level)))
                .toList();
    }

    /** The merges, over all levels. */
    public CompactionFigures figures() {
        return new CompactionFigures(sum(writtenBytesByLevel), merges, trivialMoves, runningMerges, debtBytes);
    }

    public long tableBytes() {
        return sum(bytesByLevel);
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }
}
