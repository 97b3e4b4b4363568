package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes the cost of the strategy without a disk. Tables are only ranges and lengths, and each merge ends at once.
 * After each flush, all that is due is done, and no level overlaps.
 */
final class FillSimulation {
    static final long MIB = 1 << 20;

    private static final int KEYS = 100_000;

    private final CompactionOptions options = CompactionOptions.DEFAULTS;
    private final CompactionStrategy strategy = new CompactionStrategy(options);
    private final TreeMap<Long, TableDescription> tables = new TreeMap<>();
    private final long distinctBytes;
    private long number;
    private long flushed;
    private long compacted;
    private int moves;
    private int mostLookedAt;

    /** @param distinctBytes all that stays of any number of writes: beyond it they are overwrites */
    FillSimulation(long distinctBytes) {
        this.distinctBytes = distinctBytes;
    }

    /** Flushes that have keys from everywhere. */
    void fillAtRandom(long bytes, long memtableBytes) {
        for (long written = 0; written < bytes; written += memtableBytes) {
            flush(memtableBytes, key(0), key(KEYS));
        }
    }

    /** Flushes that each have keys after all before. */
    void fillInOrder(int count) {
        for (int i = 0; i < count; i++) {
            flush(64 * MIB, key(i * 10), key(i * 10 + 9));
        }
    }

    private void flush(long bytes, Key first, Key last) {
        add(0, first, last, bytes);
        flushed += bytes;
        Optional<CompactionPlan> plan = strategy.pick(levels(), 0);
        while (plan.isPresent()) {
            carryOut(plan.get());
            plan = strategy.pick(levels(), 0);
        }
        Levels levels = levels();
        int below = (int) tables.values().stream()
                .mapToInt(TableDescription::level)
                .filter(level -> level > 0)
                .distinct()
                .count();
        mostLookedAt = Math.max(mostLookedAt, levels.level(0).size() + below);
        assertEquals(0, strategy.debtBytes(levels), "nothing is due and yet there is debt");
    }

    private Levels levels() {
        return new Levels(tables.values(), List.of());
    }

    private void carryOut(CompactionPlan plan) {
        plan.inputs().forEach(input -> tables.remove(input.number()));
        if (plan.isMove()) {
            TableDescription moved = plan.inputs().get(0);
            add(plan.toLevel(), moved.firstKey(), moved.lastKey(), moved.bytes());
            moves++;
            return;
        }
        int first = index(plan.firstKey());
        int last = index(plan.lastKey());
        double shareOfKeys = (last - first + 1.0) / KEYS;
        long bytes = (long) Math.min(plan.bytes(), distinctBytes * shareOfKeys);
        compacted += bytes;
        int count =
                plan.toLevel() == 0 ? 1 : (int) Math.max(1, Math.min(last - first + 1, bytes / options.tableBytes()));
        for (int i = 0; i < count; i++) {
            int from = first + (int) ((last - first + 1L) * i / count);
            int to = first + (int) ((last - first + 1L) * (i + 1) / count) - 1;
            add(plan.toLevel(), key(from), key(to), bytes / count);
        }
        assertNoOverlap(plan.toLevel());
    }

    private void assertNoOverlap(int level) {
        List<TableDescription> all = new ArrayList<>(levels().level(level));
        for (int i = 1; i < all.size() && level > 0; i++) {
            assertTrue(all.get(i - 1).lastKey().compareTo(all.get(i).firstKey()) < 0, all::toString);
        }
    }

    private void add(int level, Key first, Key last, long bytes) {
        long each = number++;
        tables.put(
                each,
                new TableDescription(
                        new TableFile(each, bytes),
                        level,
                        first,
                        last,
                        new EntryCounts(bytes / 1_000, 0),
                        ExpirySpan.NONE));
    }

    private static Key key(int index) {
        return Key.of(String.format("%08d", index));
    }

    private static int index(Key key) {
        return Integer.parseInt(key.toString());
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
        Levels levels = levels();
        List<Long> mib = new ArrayList<>();
        for (int level = 0; level <= TreeLevel.BOTTOM; level++) {
            mib.add(levels.bytes(level) / MIB);
        }
        return String.format(
                "write amplification %.2f, %d moves, %d tables, at most %d looked at, MiB by level %s",
                writeAmplification(), moves, tables.size(), mostLookedAt, mib);
    }
}
