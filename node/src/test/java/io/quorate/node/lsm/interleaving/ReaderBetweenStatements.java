package io.quorate.node.lsm.interleaving;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.CrashedStore;
import io.quorate.node.lsm.RecordedCompletion;
import io.quorate.node.lsm.SeededThreads;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Pairs of keys are written as batches, and between any two statements a reader looks. Says of a seed what the reader
 * saw that it must not see.
 */
public final class ReaderBetweenStatements implements LongFunction<Optional<String>> {
    private static final int PAIRS = 6;
    private static final int BATCHES = 80;
    private static final long PLACES_MIN = 1_500;

    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private Store store;

    @Override
    public Optional<String> apply(long seed) {
        Interleaving.let(() -> {});
        acknowledged.clear();
        try {
            run(new Random(seed));
            return Interleaving.places() < PLACES_MIN
                    ? Optional.of("only " + Interleaving.places() + " places were reached")
                    : Optional.empty();
        } catch (AssertionError | RuntimeException | IOException e) {
            return Optional.of("seed " + seed + ", place " + Interleaving.places() + ": " + e);
        }
    }

    private void run(Random random) throws IOException {
        SeededThreads threads = new SeededThreads(random);
        CrashDisk disk = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        store = Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
        Interleaving.let(this::look);
        for (int batch = 1; batch <= BATCHES; batch++) {
            write(random.nextInt(PAIRS), batch, random.nextInt(60));
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                threads.runOne();
            }
        }
        threads.runAll();
        if (store.statistics().compaction().figures().merges() == 0) {
            throw new AssertionError("no merge ran");
        }
    }

    private void write(int pair, long version, int padding) {
        Record record = new Record(new Version(version, 1, version, 0), Value.of("v".repeat(padding) + version));
        store.write(
                List.of(
                        new Write(Keyspace.DATA, Key.of("a" + pair), record),
                        new Write(Keyspace.DATA, Key.of("z" + pair), record)),
                new RecordedCompletion() {
                    @Override
                    public void applied() {
                        super.applied();
                        acknowledged.merge(pair, version, Math::max);
                    }
                });
    }

    private void look() {
        Direction direction = Interleaving.places() % 2 == 0 ? Direction.ASCENDING : Direction.DESCENDING;
        Map<Key, Long> found = scan(direction);
        for (int pair = 0; pair < PAIRS; pair++) {
            require(pair, found, direction);
        }
        acknowledged.forEach((pair, version) -> requireGet(Key.of("a" + pair), version));
        for (int pair = 0; pair < PAIRS; pair++) {
            requireOneState(Key.of("a" + pair), found);
        }
    }

    private Map<Key, Long> scan(Direction direction) {
        Map<Key, Long> found = new HashMap<>();
        try (RecordIterator scan = store.scan(KeyRange.ALL, direction)) {
            while (scan.advance()) {
                found.put(scan.key(), scan.record().version().timestamp());
            }
        }
        return found;
    }

    private void require(int pair, Map<Key, Long> found, Direction direction) {
        Set<Long> versions = new HashSet<>();
        versions.add(found.getOrDefault(Key.of("a" + pair), 0L));
        versions.add(found.getOrDefault(Key.of("z" + pair), 0L));
        long least = acknowledged.getOrDefault(pair, 0L);
        if (versions.size() > 1 || versions.stream().anyMatch(version -> version < least)) {
            throw new AssertionError("a scan " + direction + " shows pair " + pair + " in " + versions + ", and "
                    + least + " was acknowledged");
        }
    }

    private void requireGet(Key key, long least) {
        long found = store.get(key).version().timestamp();
        if (found < least) {
            throw new AssertionError("a get of " + key + " finds " + found + ", and " + least + " was acknowledged");
        }
    }

    /** Nothing happens between these reads, so none shows more than another one. */
    private void requireOneState(Key key, Map<Key, Long> scanned) {
        long found = store.get(key).version().timestamp();
        long ofScan = scanned.getOrDefault(key, 0L);
        long known = store.newestVersion(key)
                .map(version -> version.version().timestamp())
                .orElse(found);
        if (found != ofScan || found != known) {
            throw new AssertionError(
                    "a get of " + key + " finds " + found + ", a scan " + ofScan + ", and known is " + known);
        }
    }
}
