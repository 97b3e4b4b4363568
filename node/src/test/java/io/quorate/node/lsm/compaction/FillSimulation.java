package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

/**
 * Computes the cost of the strategy without a disk. Tables are only ranges and lengths, and each merge ends at once.
 * After each flush, all that is due is done, and no level overlaps.
 */
final class FillSimulation {
    static final long MIB = 1 << 20;

    private final CompactionStrategy strategy = new CompactionStrategy(CompactionOptions.DEFAULTS);
    private final SimulatedTables tables;
    private long flushed;
    private long compacted;
    private int moves;
    private int mostLookedAt;

    /** @param distinctBytes all that stays of any number of writes: beyond it they are overwrites */
    FillSimulation(long distinctBytes) {
        this.tables = new SimulatedTables(CompactionOptions.DEFAULTS, distinctBytes);
    }

    /** Flushes that have keys from everywhere. */
    void fillAtRandom(long bytes, long memtableBytes) {
        for (long written = 0; written < bytes; written += memtableBytes) {
            flush(memtableBytes, 0, SimulatedTables.KEYS);
        }
    }

    /** Flushes that each have keys after all before. */
    void fillInOrder(int count) {
        for (int i = 0; i < count; i++) {
            flush(64 * MIB, i * 10, i * 10 + 9);
        }
    }

    private void flush(long bytes, int first, int last) {
        tables.add(0, first, last, bytes);
        flushed += bytes;
        Optional<CompactionPlan> plan = strategy.pick(levels(), 0);
        while (plan.isPresent()) {
            compacted += tables.finish(plan.get());
            moves += plan.get().isMove() ? 1 : 0;
            plan = strategy.pick(levels(), 0);
        }
        Levels levels = levels();
        int below = (int) tables.all().stream()
                .mapToInt(TableDescription::level)
                .filter(level -> level > 0)
                .distinct()
                .count();
        mostLookedAt = Math.max(mostLookedAt, levels.level(0).size() + below);
        assertEquals(0, strategy.debtBytes(levels), "nothing is due and yet there is debt");
    }

    private Levels levels() {
        return tables.levels(List.of());
    }

    double writeAmplification() {
        return (double) (flushed + compacted) / flushed;
    }

    int mostLookedAt() {
        return mostLookedAt;
    }

    int moves() {
        return moves;
    }

    @Override
    public String toString() {
        return String.format(
                "write amplification %.2f, %d moves, %d tables, at most %d looked at, MiB by level %s",
                writeAmplification(), moves, tables.all().size(), mostLookedAt, tables.mebibytes());
    }
}
