package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.table.block.Compression;
import io.quorate.node.lsm.table.cache.BlockCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableCursorTest {
    private final CrashDisk disk = new CrashDisk();

    private static Record record(int i) {
        return new Record(new Version(100 + i, 1, i, 0), Value.of("value " + i));
    }

    private Table tableOf(NavigableMap<Key, Record> entries, long number, int blockBytes, Compression compression)
            throws IOException {
        TableOptions options = new TableOptions(blockBytes, compression, TableCause.COMPACTION, 1);
        TableWriter writer = TableWriter.create(disk, number, options);
        for (Map.Entry<Key, Record> entry : entries.entrySet()) {
            writer.add(entry.getKey(), entry.getValue());
        }
        return Table.open(disk, writer.finish(), new BlockCache(10_000));
    }

    private static List<Map.Entry<Key, Record>> collect(EntryCursor cursor) throws IOException {
        List<Map.Entry<Key, Record>> found = new ArrayList<>();
        while (cursor.advance()) {
            found.add(Map.entry(cursor.key(), cursor.record()));
        }
        assertFalse(cursor.advance(), "there is no way on from the end");
        return found;
    }

    private static List<Map.Entry<Key, Record>> expected(
            NavigableMap<Key, Record> entries, KeyRange range, Direction direction) {
        NavigableMap<Key, Record> ordered = direction == Direction.ASCENDING ? entries : entries.descendingMap();
        return ordered.entrySet().stream()
                .filter(entry -> range.contains(entry.getKey()))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Blocks from one entry to all of them, indexes of one level and of two, and each codec. Ranges with and without
     * bounds, on keys and between them, and empty ones.
     */
    @ParameterizedTest
    @EnumSource(Direction.class)
    void itShowsWhatASortedMapHolds(Direction direction) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            NavigableMap<Key, Record> entries = new TreeMap<>();
            int count = 1 + random.nextInt(300);
            for (int i = 0; i < count; i++) {
                entries.put(randomKey(random), record(i));
            }
            Compression compression = Compression.values()[random.nextInt(3)];
            Table table = tableOf(entries, round + 1, 1 << random.nextInt(14), compression);
            for (int i = 0; i < 100; i++) {
                Key key = randomKey(random);
                Record expected = entries.getOrDefault(key, Record.NEVER_WRITTEN);
                assertEquals(expected, table.get(key), () -> "seed " + seed + ", " + key);
                assertEquals(expected, table.getFromMemory(key).orElse(expected));
            }
            for (int i = 0; i < 30; i++) {
                KeyRange range = new KeyRange(randomBound(random), randomBound(random));
                assertEquals(
                        expected(entries, range, direction),
                        collect(table.cursor(range, direction)),
                        () -> "seed " + seed + ", " + range);
            }
        }
    }

    /** Few different bytes, so that keys share prefixes, are prefixes of each other, and are met exactly. */
    private static Key randomKey(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) * 85);
        }
        return Key.of(bytes);
    }

    private static Optional<Key> randomBound(Random random) {
        return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(randomKey(random));
    }

    @Test
    void aWalkDownBeginsBelowTheEndOfTheRange() throws IOException {
        NavigableMap<Key, Record> entries = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            entries.put(Key.of(String.format("%03d", i)), record(i));
        }
        EntryCursor cursor = tableOf(entries, 1, 64, Compression.NONE)
                .cursor(new KeyRange(Optional.of(Key.of("040")), Optional.of(Key.of("043"))), Direction.DESCENDING);
        assertEquals(
                List.of("042", "041", "040"),
                collect(cursor).stream().map(entry -> entry.getKey().toString()).toList());
    }
}
