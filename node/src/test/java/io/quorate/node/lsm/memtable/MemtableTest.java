package io.quorate.node.lsm.memtable;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EntryCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemtableTest {
    private static final Key KEY = Key.of("key");

    private final ChunkPool pool = new ChunkPool(4 << 10, 1 << 10, ByteBuffer::allocateDirect);
    private final Memtable memtable = new Memtable(7, pool);

    private static Record value(long version, String text) {
        return new Record(new Version(version, 1, version, 0), Value.of(text));
    }

    private static Map<Key, Record> collect(EntryCursor cursor) throws IOException {
        Map<Key, Record> found = new TreeMap<>();
        Key last = null;
        while (cursor.advance()) {
            assertTrue(last == null || last.compareTo(cursor.key()) < 0, cursor.key() + " after " + last);
            last = cursor.key();
            found.put(last, cursor.record());
        }
        return found;
    }

    @Test
    void itsListenerIsToldOfEachNewestRecordBeforeReadersSeeIt() {
        List<String> told = new ArrayList<>();
        Memtable[] listened = new Memtable[1];
        listened[0] = new Memtable(
                1,
                pool,
                (key, record) ->
                        told.add(record + " after " + listened[0].get(KEY).orElse(Record.NEVER_WRITTEN)));
        Record first = value(1, "first");
        Record second = value(3, "second");
        listened[0].put(KEY, first, 1);
        listened[0].put(KEY, second, 2);
        listened[0].put(KEY, value(2, "late"), 3);
        assertEquals(List.of(first + " after " + Record.NEVER_WRITTEN, second + " after " + first), told);
        listened[0].release();
    }

    @Test
    void anEmptyOneHasNothingAndTakesNoMemory() throws IOException {
        assertTrue(memtable.isEmpty());
        assertEquals(Optional.empty(), memtable.get(KEY));
        assertFalse(memtable.cursor().advance());
        assertEquals(0, memtable.bytes());
        assertEquals(0, pool.inUse());
    }

    @Test
    void theHighestVersionWinsWhicheverComesLast() {
        memtable.put(KEY, value(5, "new"), 1);
        memtable.put(KEY, value(4, "old"), 2);
        assertEquals(Optional.of(value(5, "new")), memtable.get(KEY));
        memtable.put(KEY, value(6, "newer"), 3);
        assertEquals(Optional.of(value(6, "newer")), memtable.get(KEY));
    }

    @Test
    void ofOneVersionTheForgottenOneWinsWhicheverComesLast() throws IOException {
        Record deleted = new Record(new Version(5, 1, 5, 0), TOMBSTONE);
        Record newLife = value(6, "again");
        memtable.put(KEY, deleted, 1);
        memtable.put(KEY, deleted.forgotten(4), 2);
        memtable.put(KEY, deleted, 3);
        memtable.put(KEY, deleted.forgotten(3), 4);
        assertEquals(Optional.of(deleted.forgotten(4)), memtable.get(KEY));
        assertEquals(Map.of(KEY, deleted), collect(memtable.cursor(KeyRange.ALL, Direction.ASCENDING, 1)));
        assertEquals(Map.of(KEY, deleted.forgotten(4)), collect(memtable.cursor()));
        memtable.put(KEY, newLife, 5);
        memtable.put(KEY, deleted.forgotten(5), 6);
        assertEquals(Optional.of(newLife), memtable.get(KEY));
    }

    /** Each field decides where those before it are equal, and all of them are unsigned. */
    @Test
    void versionsAreComparedInFull() {
        List<Version> ascending = List.of(
                new Version(1, 1, 1, 0),
                new Version(1, 1, 1, 300),
                new Version(1, 1, 300, 0),
                new Version(1, 1, -1, 0),
                new Version(1, 2, 0, 0),
                new Version(1, -1, 0, 0),
                new Version(2, 0, 0, 0),
                new Version(-1, 0, 0, Integer.MAX_VALUE));
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                Key key = Key.of("key-" + i + "-" + j);
                memtable.put(key, new Record(ascending.get(i), TOMBSTONE), i);
                memtable.put(key, new Record(ascending.get(j), TOMBSTONE), i);
                Version highest = ascending.get(Math.max(i, j));
                assertEquals(highest, memtable.get(key).orElseThrow().version());
            }
        }
    }

    @Test
    void keysThatShareTheirBeginningAreOrderedByTheRest() throws IOException {
        List<byte[]> keys = List.of(
                new byte[] {0},
                new byte[] {0, 0},
                "a".getBytes(UTF_8),
                "a\0".getBytes(UTF_8),
                "a\0\0\0\0\0\0\0".getBytes(UTF_8),
                "a\0\0\0\0\0\0\0\0".getBytes(UTF_8),
                "a\0\0\0\0\0\0\0b".getBytes(UTF_8),
                "prefix-8".getBytes(UTF_8),
                "prefix-8-and-more".getBytes(UTF_8),
                "prefix-8-and-more-of-it".getBytes(UTF_8),
                "prefix-8-and-mose".getBytes(UTF_8),
                new byte[] {-1},
                new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, 1},
                new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, -1},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1, -1, -1, -1, 127},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1, -1, -1, -1, -1, -128});
        for (int i = keys.size() - 1; i >= 0; i--) {
            memtable.put(Key.of(keys.get(i)), value(i + 1, "v"), keys.size() - i);
        }
        EntryCursor all = memtable.cursor();
        for (int i = 0; i < keys.size(); i++) {
            assertTrue(all.advance());
            assertEquals(Key.of(keys.get(i)), all.key());
            assertEquals(i + 1, all.record().version().timestamp());
            EntryCursor from = memtable.cursor(KeyRange.from(Key.of(keys.get(i))), Direction.ASCENDING, Long.MAX_VALUE);
            assertTrue(from.advance());
            assertEquals(Key.of(keys.get(i)), from.key());
        }
        assertFalse(all.advance());
        EntryCursor down = memtable.cursor(KeyRange.ALL, Direction.DESCENDING, Long.MAX_VALUE);
        for (int i = keys.size() - 1; i >= 0; i--) {
            assertTrue(down.advance());
            assertEquals(Key.of(keys.get(i)), down.key());
        }
        assertFalse(down.advance());
    }

    @Test
    void largeKeysGetChunksOfTheirOwnAndLargeValuesGoOnInTheNextChunks() {
        Key longest = Key.of("k".repeat(Key.BYTES_MAX));
        memtable.put(longest, value(1, "x".repeat(100_000)), 1);
        memtable.put(KEY, value(2, "y"), 2);
        assertEquals(Optional.of(value(1, "x".repeat(100_000))), memtable.get(longest));
        assertEquals(Optional.of(value(2, "y")), memtable.get(KEY));
        int chunks = 1 + (100_000 + pool.chunkBytes() - 1) / pool.chunkBytes();
        assertEquals(chunks, pool.inUse(), "one of nodes, and the value's");
        assertTrue(memtable.bytes() > 104_000, () -> memtable.bytes() + " bytes");
    }

    @Test
    void valuesOfAnyLengthReadAsTheyWereWritten() {
        for (int i = 0; i < 200; i++) {
            memtable.put(Key.of("key-" + i), value(1, "x".repeat(97 * i) + i), i);
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(Optional.of(value(1, "x".repeat(97 * i) + i)), memtable.get(Key.of("key-" + i)));
        }
        memtable.release();
        assertEquals(0, pool.inUse());
    }

    @Test
    void itsChunksAreUsedAgainOnceNobodyReadsThem() {
        for (int i = 0; i < 100; i++) {
            memtable.put(Key.of("key-" + i), value(1, "x".repeat(200)), i);
        }
        int taken = pool.inUse();
        assertTrue(taken >= 5, taken + " chunks");
        memtable.acquire();
        memtable.release();
        assertEquals(taken, pool.inUse());
        memtable.release();
        assertEquals(0, pool.inUse());
        assertThrows(IllegalStateException.class, memtable::acquire);
        assertThrows(IndexOutOfBoundsException.class, () -> memtable.get(Key.of("key-1")));
    }

    @Test
    void whereThePoolIsEmptyMoreIsMade() {
        ChunkPool small = new ChunkPool(4 << 10, 1, ByteBuffer::allocateDirect);
        Memtable overflowing = new Memtable(1, small);
        for (int i = 0; i < 100; i++) {
            overflowing.put(Key.of("key-" + i), value(1, "x".repeat(200) + i), i);
        }
        assertEquals(1, small.inUse());
        for (int i = 0; i < 100; i++) {
            assertEquals(Optional.of(value(1, "x".repeat(200) + i)), overflowing.get(Key.of("key-" + i)));
        }
        overflowing.release();
        assertEquals(0, small.inUse());
    }

    @Test
    void keysOfOneHashAreFoundHoweverManyThereAre() {
        Arena arena = new Arena(pool);
        Nodes nodes = new Nodes(arena);
        HashIndex index = new HashIndex(nodes);
        int found = 0;
        for (int i = 0; i < 600; i++) {
            byte[] key = ("key-" + i).getBytes(UTF_8);
            index.put(42, nodes.add(Nodes.prefixOf(key), key, 1, 0));
        }
        for (int i = 0; i < 600; i++) {
            byte[] key = ("key-" + i).getBytes(UTF_8);
            found += index.find(42, Nodes.prefixOf(key), key) == 0 ? 0 : 1;
        }
        assertTrue(found >= 200 && found < 600, found + " found");
        assertFalse(index.isComplete());
    }

    @Test
    void noneOfAMillionKeysIsLeftOutOfTheIndex() {
        HashIndex index = new HashIndex(new Nodes(new Arena(pool)));
        for (int i = 0; i < 1_000_000; i++) {
            byte[] key = ("key-" + i).getBytes(UTF_8);
            index.put(HashIndex.hash(Nodes.prefixOf(key), key), 1);
        }
        assertTrue(index.isComplete());
        assertTrue(index.bytes() < 27_000_000, () -> index.bytes() + " bytes");
    }

    /** Snapshots are taken at any moment, some read at once, some much later. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomWorkAgreesWithASortedMap(long seed) throws IOException {
        Random random = new Random(seed);
        NavigableMap<Key, Record> model = new TreeMap<>();
        List<EntryCursor> cursors = new ArrayList<>();
        List<NavigableMap<Key, Record>> expected = new ArrayList<>();
        for (int sequence = 1; sequence <= 5_000; sequence++) {
            Key key = randomKey(random);
            Record record = randomRecord(random, sequence);
            memtable.collect(key, record, sequence);
            model.merge(key, record, Record::newest);
            if (random.nextInt(6) != 0) {
                continue;
            }
            memtable.putCollected();
            Key asked = randomKey(random);
            assertEquals(Optional.ofNullable(model.get(asked)), memtable.get(asked), "seed " + seed);
            if (random.nextInt(16) == 0) {
                KeyRange range = randomRange(random);
                Direction direction = Direction.values()[random.nextInt(2)];
                cursors.add(memtable.cursor(range, direction, sequence));
                expected.add(within(model, range, direction));
            }
            if (!cursors.isEmpty()) {
                stepOne(cursors, expected, random, "seed " + seed);
            }
        }
        memtable.putCollected();
        while (!cursors.isEmpty()) {
            stepOne(cursors, expected, random, "seed " + seed);
        }
        assertEquals(model, collect(memtable.cursor()), "seed " + seed);
    }

    /** Moves one of the cursors on, so that each goes on beside many writes. */
    private static void stepOne(
            List<EntryCursor> cursors, List<NavigableMap<Key, Record>> expected, Random random, String what)
            throws IOException {
        int at = random.nextInt(cursors.size());
        Map.Entry<Key, Record> next = expected.get(at).pollFirstEntry();
        assertEquals(next != null, cursors.get(at).advance(), what);
        if (next != null) {
            assertEquals(next.getKey(), cursors.get(at).key(), what);
            assertEquals(next.getValue(), cursors.get(at).record(), what);
        } else {
            assertFalse(cursors.remove(at).advance(), what);
            expected.remove(at);
        }
    }

    private static KeyRange randomRange(Random random) {
        return new KeyRange(
                random.nextBoolean() ? Optional.empty() : Optional.of(randomKey(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of(randomKey(random)));
    }

    private static NavigableMap<Key, Record> within(
            NavigableMap<Key, Record> model, KeyRange range, Direction direction) {
        NavigableMap<Key, Record> within =
                new TreeMap<>(direction == Direction.ASCENDING ? null : Comparator.<Key>reverseOrder());
        model.forEach((key, record) -> {
            if (range.contains(key)) {
                within.put(key, record);
            }
        });
        return within;
    }

    private static Key randomKey(Random random) {
        int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 20);
        byte[] key = new byte[length];
        for (int i = 0; i < length; i++) {
            key[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(3) - 1 : 0);
        }
        return Key.of(key);
    }

    private static Record randomRecord(Random random, int sequence) {
        Version version = new Version(sequence + random.nextInt(500), random.nextLong(), sequence, random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0 -> new Record(version, TOMBSTONE);
            case 1 -> new Record(version, Value.of(new byte[random.nextInt(2_000)], "text/plain"));
            default -> new Record(version, Value.of("v".repeat(random.nextInt(60)) + sequence));
        };
    }
}
