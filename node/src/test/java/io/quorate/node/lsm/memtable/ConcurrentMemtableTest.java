package io.quorate.node.lsm.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.Checksum;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EntryCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One thread writes, others read meanwhile, over memtables that follow each other in the same chunks, filled with
 * rubbish in between. Every value carries its key, its version and a checksum.
 */
class ConcurrentMemtableTest {
    private static final int WRITES = 20_000;
    private static final int MEMTABLES = 3;
    private static final int KEYS = 1_000;
    private static final int READERS = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
    private final ChunkPool pool = new ChunkPool(64 << 10, 1_000, ConcurrentMemtableTest::rubbish);
    private volatile long published;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static ByteBuffer rubbish(int bytes) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(bytes);
        while (chunk.hasRemaining()) {
            chunk.put((byte) 0x7f);
        }
        return chunk.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readersSeeWholeRecordsAndVersionsThatNeverFall(long seed) throws Exception {
        for (int i = 0; i < MEMTABLES; i++) {
            published = 0;
            Memtable memtable = new Memtable(i, pool);
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                Random random = new Random(seed * 31 + reader);
                memtable.acquire();
                Callable<Integer> read = reader == 0 ? () -> scan(memtable) : () -> get(memtable, random);
                readers.add(threads.submit(read));
            }
            write(memtable, new Random(seed));
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() > 0, "a reader saw nothing, seed " + seed);
            }
            memtable.release();
            assertEquals(0, pool.inUse());
        }
    }

    private void write(Memtable memtable, Random random) {
        for (int sequence = 1; sequence <= WRITES; sequence++) {
            int late = random.nextInt(4) == 0 ? random.nextInt(sequence) : 0;
            Key key = key(random.nextInt(KEYS));
            memtable.put(key, record(key, sequence - late, random.nextInt(100)), sequence);
            published = sequence;
        }
    }

    private static Key key(int number) {
        return Key.of("key-%07d".formatted(number * 2_654_435_761L % 10_000_000));
    }

    private static Record record(Key key, long version, int padding) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + padding);
        bytes.putLong(4, version).putInt(12, key.hashCode());
        Arrays.fill(bytes.array(), 16, bytes.capacity(), (byte) version);
        bytes.putInt(0, Checksum.crc32c(bytes.array(), 4, bytes.capacity() - 4));
        return new Record(new Version(version, 0, 0, 0), Value.of(bytes.array(), Value.DEFAULT_CONTENT_TYPE));
    }

    private static void requireWhole(Key key, Record record) {
        ByteBuffer bytes = ByteBuffer.wrap(((Value) record.content()).bytes());
        assertEquals(Checksum.crc32c(bytes.array(), 4, bytes.capacity() - 4), bytes.getInt(0), "checksum");
        assertEquals(record.version().timestamp(), bytes.getLong(4), "the version in the value");
        assertEquals(key.hashCode(), bytes.getInt(12), "the key in the value");
    }

    private int get(Memtable memtable, Random random) {
        Map<Key, Version> seen = new HashMap<>();
        boolean over;
        do {
            over = published == WRITES;
            Key key = key(random.nextInt(KEYS));
            Optional<Record> found = memtable.get(key);
            found.ifPresent(record -> {
                requireWhole(key, record);
                requireNoFall(key, seen.put(key, record.version()), record.version());
            });
            assertTrue(found.isPresent() || !seen.containsKey(key), key + " has gone");
        } while (!over || seen.isEmpty());
        memtable.release();
        return seen.size();
    }

    /** What one scan saw the next one sees too, at that version or a later one. */
    private int scan(Memtable memtable) throws Exception {
        Map<Key, Version> seen = new HashMap<>();
        Direction direction = Direction.ASCENDING;
        boolean over;
        do {
            long asOf = published;
            over = asOf == WRITES;
            Map<Key, Version> now = new HashMap<>();
            EntryCursor cursor = memtable.cursor(KeyRange.ALL, direction, asOf);
            Key last = null;
            while (cursor.advance()) {
                Key key = cursor.key();
                int order = last == null ? -1 : last.compareTo(key);
                assertTrue(
                        direction == Direction.ASCENDING ? order < 0 : last == null || order > 0,
                        key + " after " + last);
                last = key;
                requireWhole(key, cursor.record());
                assertTrue(cursor.record().version().timestamp() <= asOf, "a write from after the scan's beginning");
                requireNoFall(key, seen.get(key), cursor.record().version());
                now.put(key, cursor.record().version());
            }
            assertTrue(now.keySet().containsAll(seen.keySet()), "a key has gone");
            seen = now;
            direction = direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
        } while (!over);
        memtable.release();
        return seen.size();
    }

    private static void requireNoFall(Key key, Version before, Version now) {
        assertTrue(before == null || !before.isAfter(now), key + " was " + before + " and is " + now);
    }
}
