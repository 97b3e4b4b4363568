package io.quorate.node.lsm.statistics;

import io.quorate.common.statistics.StoreFigures.CompactionFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the tables stand, and what merges have done since the store was opened. Lists go by level, from 0 on; bytes are
 * those of files.
 *
 * @param tablesByLevel how many tables there are
 * @param bytesByLevel how long they are
 * @param writtenBytesByLevel how much merges have written to each level
 * @param merges how many merges were brought to their end
 * @param trivialMoves how many tables changed their level without being read
 * @param mergesHeldUp how many merges and moves found no room and were undone, to be tried again
 * @param runningMerges how many merges are on their way
 * @param debtBytes about how much is to be written until nothing is due, as of the last flush or end of a merge
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
