package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables of a store without a disk: each is only a range of keys and a length. Keys are numbers from 0 to
 * {@link #KEYS}, and each has the same share of the bytes.
 */
public final class SimulatedTables {
    /** How many keys there are. Tables end between them. */
    public static final int KEYS = 100_000;

    private static final int ENTRY_BYTES = 1_000;

    private final CompactionOptions options;
    private final long distinctBytes;
    private final TreeMap<Long, TableDescription> tables = new TreeMap<>();
    private long number;

    /** @param distinctBytes all that stays of any number of writes: beyond it they are overwrites */
    public SimulatedTables(CompactionOptions options, long distinctBytes) {
        this.options = options;
        this.distinctBytes = distinctBytes;
    }

    /** @param running the merges whose inputs are in use */
    public Levels levels(Collection<CompactionPlan> running) {
        return new Levels(tables.values(), running);
    }

    public Collection<TableDescription> all() {
        return tables.values();
    }

    /** Adds a table with the keys from {@code first} to {@code last}. */
    public void add(int level, int first, int last, long bytes) {
        add(level, key(first), key(last), bytes);
    }

    /** Fills a level with full tables, each with its own keys. */
    public void fill(int level, long bytes) {
        split(level, 0, KEYS, bytes);
    }

    /** Replaces the inputs of a merge by its outputs. Returns how many bytes it wrote, 0 if it is a move. */
    public long finish(CompactionPlan plan) {
        plan.inputs().forEach(input -> tables.remove(input.number()));
        if (plan.isMove()) {
            TableDescription moved = plan.inputs().get(0);
            add(plan.toLevel(), moved.firstKey(), moved.lastKey(), moved.bytes());
            return 0;
        }
        int first = index(plan.firstKey());
        int last = index(plan.lastKey());
        double shareOfKeys = (last - first + 1.0) / KEYS;
        long bytes = (long) Math.min(plan.bytes(), distinctBytes * shareOfKeys);
        if (plan.toLevel() == 0) {
            add(0, first, last, bytes);
        } else {
            split(plan.toLevel(), first, last, bytes);
        }
        requireNoOverlap(plan.toLevel());
        return bytes;
    }

    private void split(int level, int first, int last, long bytes) {
        int keys = last - first + 1;
        int count = (int) Math.max(1, Math.min(keys, bytes / options.tableBytes()));
        for (int i = 0; i < count; i++) {
            int from = first + (int) ((long) keys * i / count);
            int to = first + (int) ((long) keys * (i + 1) / count) - 1;
            add(level, from, to, bytes / count);
        }
    }

    private void requireNoOverlap(int level) {
        List<TableDescription> all = new ArrayList<>(levels(List.of()).level(level));
        for (int i = 1; i < all.size() && level > 0; i++) {
            assertTrue(all.get(i - 1).lastKey().compareTo(all.get(i).firstKey()) < 0, all::toString);
        }
    }

    private void add(int level, Key first, Key last, long bytes) {
        long each = number++;
        EntryCounts counts = new EntryCounts(bytes / ENTRY_BYTES, 0, 0);
        tables.put(
                each,
                new TableDescription(
                        new TableFile(each, bytes), level, new KeySpan(first, last), counts, ExpirySpan.NONE, 0));
    }

    /** The MiB of each level. */
    public List<Long> mebibytes() {
        Levels levels = levels(List.of());
        List<Long> mebibytes = new ArrayList<>();
        for (int level = 0; level <= TreeLevel.BOTTOM; level++) {
            mebibytes.add(levels.bytes(level) >> 20);
        }
        return mebibytes;
    }

    private static Key key(int index) {
        return Key.of(String.format("%08d", index));
    }

    private static int index(Key key) {
        return Integer.parseInt(key.toString());
    }
}
