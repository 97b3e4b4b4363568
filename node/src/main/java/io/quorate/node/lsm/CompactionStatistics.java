package io.quorate.node.lsm;

import io.quorate.node.lsm.compaction.Levels;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    static CompactionStatistics of(TableTree tree, Counters counters, Compactor compactor) {
        Levels levels = new Levels(tree.descriptions(), List.of());
        return new CompactionStatistics(
                IntStream.rangeClosed(0, Levels.BOTTOM)
                        .mapToObj(level -> levels.level(level).size())
                        .toList(),
                LongStream.rangeClosed(0, Levels.BOTTOM)
                        .mapToObj(level -> levels.bytes((int) level))
                        .toList(),
                IntStream.rangeClosed(0, Levels.BOTTOM)
                        .mapToObj(counters.compactedBytes::get)
                        .toList(),
                counters.merges.get(),
                counters.trivialMoves.get(),
                counters.mergesHeldUp.get(),
                compactor.merges(),
                compactor.pressure().debtBytes());
    }
}
