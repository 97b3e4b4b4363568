package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scans in both directions make a step now and then, while writes, flushes, merges and crashes go on. Each scan sees
 * exactly the writes that were applied when it was opened.
 */
class ScanTest {
    private static final int KEYS = 150;
    private static final int STEPS = 4_000;

    private final CrashDisk disk = new CrashDisk();
    private final NavigableMap<Key, Record> applied = new TreeMap<>();
    private final List<Scan> scans = new ArrayList<>();
    private Random random;
    private String seeded;
    private SeededThreads threads;
    private Store store;
    private long compactedBytes;
    private int ended;

    private record Scan(RecordIterator found, NavigableMap<Key, Record> expected) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aScanSeesItsMomentWhateverGoesOnBesideIt(long seed) throws IOException {
        random = new Random(seed);
        seeded = "seed " + seed;
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        open();
        for (int step = 1; step <= STEPS; step++) {
            act(step);
        }
        while (!scans.isEmpty()) {
            advanceOne();
        }
        assertTrue(compactedBytes + store.statistics().figures().compaction().writtenBytes() > 0, seeded);
        assertTrue(ended > 50, ended + " scans came to their end, " + seeded);
        assertEquals(0, store.statistics().figures().reads().openScans(), seeded);
        assertEquals(0, store.statistics().figures().reads().oldestScanWrites(), seeded);
    }

    private void act(int step) throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> put(step);
            case 3, 4 -> threads.runOne();
            case 5, 6 -> advanceSome();
            default -> {
                if (random.nextInt(400) == 0) {
                    crash();
                } else if (random.nextInt(4) == 0) {
                    scans.add(openScan());
                }
            }
        }
    }

    private void open() throws IOException {
        threads = new SeededThreads(random);
        store = Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
        applied.clear();
        try (RecordIterator all = store.scan()) {
            while (all.advance()) {
                applied.put(all.key(), all.record());
            }
        }
    }

    private void crash() throws IOException {
        NavigableMap<Key, Record> before = new TreeMap<>(applied);
        compactedBytes += store.statistics().figures().compaction().writtenBytes();
        scans.clear();
        disk.losePower(Survivors.RANDOM, random);
        open();
        before.forEach((key, record) ->
                assertFalse(record.isNewerThan(applied.getOrDefault(key, Record.NEVER_WRITTEN)), seeded));
    }

    private void put(int step) {
        Key key = randomKey();
        Version version = new Version(step + random.nextInt(100), 1, step, 0);
        Record record = random.nextInt(5) == 0
                ? new Record(version, TOMBSTONE)
                : new Record(version, Value.of("v".repeat(random.nextInt(90)) + step));
        store.put(key, record, new RequiredCompletion(() -> applied.merge(key, record, Record::newest)));
    }

    private Key randomKey() {
        return Key.of("k" + random.nextInt(KEYS));
    }

    private Optional<Key> maybeKey() {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(randomKey());
    }

    private KeyRange randomRange() {
        return random.nextInt(3) == 0 ? KeyRange.ofPrefix(randomKey()) : new KeyRange(maybeKey(), maybeKey());
    }

    private Scan openScan() {
        KeyRange range = randomRange();
        Direction direction = Direction.values()[random.nextInt(2)];
        NavigableMap<Key, Record> expected =
                new TreeMap<>(direction == Direction.ASCENDING ? null : Comparator.<Key>reverseOrder());
        expected.putAll(applied);
        expected.keySet().removeIf(key -> !range.contains(key));
        return new Scan(store.scan(range, direction), expected);
    }

    private void advanceSome() {
        for (int left = random.nextInt(20); left > 0 && !scans.isEmpty(); left--) {
            advanceOne();
        }
    }

    private void advanceOne() {
        Scan scan = scans.get(random.nextInt(scans.size()));
        Map.Entry<Key, Record> next = scan.expected.pollFirstEntry();
        assertEquals(next != null, scan.found.advance(), seeded);
        if (next == null) {
            assertFalse(scan.found.advance(), seeded);
            scan.found.close();
            scans.remove(scan);
            ended++;
        } else {
            assertEquals(next.getKey(), scan.found.key(), seeded);
            assertEquals(next.getValue(), scan.found.record(), seeded);
        }
    }
}
