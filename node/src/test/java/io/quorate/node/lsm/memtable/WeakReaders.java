package io.quorate.node.lsm.memtable;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.weak.WeakMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * One memtable in weak memory: the log thread fills it in groups, and then readers look at it. Each reader knows one
 * publication and no more. Says of a seed what a reader saw that it must not see.
 */
public final class WeakReaders implements LongFunction<Optional<String>> {
    private static final int GROUPS = 25;
    private static final int PUTS_MAX = 12;
    private static final int KEYS = 40;
    private static final int READERS = 60;
    private static final int SHARDS_PART = 16;
    private static final List<Key> ALL_KEYS = keys();

    private final List<Published> published = new ArrayList<>();
    private final Map<Key, List<Record>> written = new HashMap<>();
    private Random random = new Random(0);
    private Memtable memtable;

    /**
     * @param moment when the log thread published it
     * @param content what a snapshot of it shows
     */
    private record Published(long sequence, long moment, TreeMap<Key, Record> content) {}

    @Override
    public Optional<String> apply(long seed) {
        random = new Random(seed);
        write();
        for (int reader = 0; reader < READERS; reader++) {
            Published known = published.get(random.nextInt(published.size()));
            WeakMemory.beginReading(known.moment, random);
            try {
                read(known);
            } catch (AssertionError | RuntimeException | IOException e) {
                return Optional.of("seed " + seed + ", reader " + reader + ", sequence " + known.sequence + ": " + e);
            }
        }
        return Optional.empty();
    }

    /** As a group is published: all of its puts, and then its last sequence. */
    private void write() {
        WeakMemory.beginWriting();
        published.clear();
        written.clear();
        memtable = new Memtable(1, new ChunkPool(4 << 10, 1_000, WeakReaders::rubbish));
        TreeMap<Key, Record> content = new TreeMap<>();
        long sequence = 0;
        for (int group = 0; group < GROUPS; group++) {
            for (int puts = 1 + random.nextInt(PUTS_MAX); puts > 0; puts--) {
                Key key = ALL_KEYS.get(random.nextInt(KEYS));
                Record record = record(key, ++sequence + random.nextInt(20));
                memtable.collect(key, record, sequence);
                content.merge(key, record, Record::newest);
                written.computeIfAbsent(key, unseen -> new ArrayList<>()).add(record);
            }
            memtable.putCollected();
            published.add(new Published(sequence, WeakMemory.moment(), new TreeMap<>(content)));
        }
    }

    private static ByteBuffer rubbish(int bytes) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(bytes);
        while (chunk.hasRemaining()) {
            chunk.put((byte) 0x7f);
        }
        return chunk.clear();
    }

    /** Some share their first eight bytes. All lie in few shards of the hash index, so that these grow. */
    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        for (int number = 0; keys.size() < KEYS; number++) {
            Key key = Key.of((number % 3 == 0 ? "long-prefix-" : "k") + number);
            long hash = HashIndex.hash(Nodes.prefixOf(key.bytes()), key.bytes());
            if (hash >= 0 && hash < Long.MAX_VALUE / SHARDS_PART) {
                keys.add(key);
            }
        }
        return keys;
    }

    private Record record(Key key, long version) {
        return new Record(
                new Version(version, 0, 0, 0), Value.of(key + "-" + version + "v".repeat(random.nextInt(90))));
    }

    private void read(Published known) throws IOException {
        for (int gets = random.nextInt(4); gets > 0; gets--) {
            get(known, ALL_KEYS.get(random.nextInt(KEYS)));
        }
        scan(known, random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING);
    }

    private void get(Published known, Key key) {
        Optional<Record> found = memtable.get(key);
        Record least = known.content.getOrDefault(key, Record.NEVER_WRITTEN);
        if (least.isNewerThan(found.orElse(Record.NEVER_WRITTEN))) {
            throw new AssertionError("a get of " + key + " finds " + found + ", and " + least + " was published");
        }
        if (found.isPresent() && !written.get(key).contains(found.get())) {
            throw new AssertionError("a get of " + key + " finds " + found + ", which was never written");
        }
    }

    private void scan(Published known, Direction direction) throws IOException {
        TreeMap<Key, Record> found = new TreeMap<>();
        EntryCursor cursor = memtable.cursor(KeyRange.ALL, direction, known.sequence);
        while (cursor.advance()) {
            if (found.put(cursor.key(), cursor.record()) != null) {
                throw new AssertionError("a scan " + direction + " shows " + cursor.key() + " twice");
            }
        }
        if (!found.equals(known.content)) {
            throw new AssertionError("a scan " + direction + " shows " + found.keySet() + ", and "
                    + known.content.keySet() + " is right");
        }
    }
}
