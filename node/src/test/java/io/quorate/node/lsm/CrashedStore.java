package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.BlockSizes;
import io.quorate.node.lsm.options.StoreOptions.DiskReserve;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.lsm.view.ExpectedVersion;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A store on a crash disk, over several lives, with the rules that it must keep. Every acknowledged write survives. The
 * other writes that survive are a prefix in the order of the log. A refused write is never there. Every record that was
 * read survives. No file is deleted that the durable manifest needs.
 */
public final class CrashedStore {
    /** Several tables from each merge, three levels, merges that pause, and writers that are delayed. */
    private static final CompactionOptions TINY_TABLES = new CompactionOptions(
            400,
            new TierLimits(2, 4, 5, 9),
            new LevelSizes(1_500, 2),
            new MergeWork(2, 2, 300, 200_000),
            new DebtLimits(20_000, 60_000, 100_000),
            0);

    public static final StoreOptions TINY = new StoreOptions(
            new MemtableSizes(600, 2),
            new WriteLimits(1 << 20, 150, 1 << 10),
            new BlockSizes(128, 0),
            TINY_TABLES,
            new DiskReserve(600, 0),
            500);

    private static final int KEYS = 9;

    private final Random random;
    final CrashDisk disk;
    private final List<Submitted> submitted = new ArrayList<>();
    private final Map<Key, Record> seen = new HashMap<>();
    private int survivedAtLeast;
    private long counter;
    private SeededThreads threads;
    private DataDirectory directory;
    private int failures;
    private boolean requiresDurable;
    Store store;

    private record Submitted(Key key, Record record, RecordedCompletion told) {}

    CrashedStore(long seed) throws IOException {
        this.random = new Random(seed);
        this.disk = new CrashDisk();
        try (DataDirectory fresh = DataDirectory.create(disk)) {
            Store.create(fresh);
        }
        disk.forceDirectory();
        disk.killProcess();
        disk.watch(operation -> DurableManifest.check(disk, operation));
    }

    /** @throws IOException if the disk crashes meanwhile */
    void open() throws IOException {
        threads = new SeededThreads(random);
        directory = DataDirectory.open(disk);
        store = Store.open(directory, TINY, threads.forStore(), failure -> failures++);
        failures = 0;
    }

    /** Whether the store stopped. It says so once. */
    boolean isStopped() {
        require(failures <= 1, "the store stopped " + failures + " times");
        return failures == 1;
    }

    void requireNotStopped() {
        require(!isStopped(), "the store stopped");
    }

    /**
     * Writes in bursts, lets the threads run more or less, and reads now and then, until it is done or has crashed.
     * Some bursts are of new keys that come after all others, so that there are tables that overlap nothing.
     */
    void work(int bursts) {
        for (int left = bursts; left > 0 && !isStopped(); left--) {
            boolean ascending = random.nextInt(12) == 0;
            for (int burst = random.nextInt(8) == 0 || ascending ? 12 : 1; burst > 0; burst--) {
                submit(ascending ? Key.of(String.format("new-%06d", counter)) : randomKey());
            }
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                threads.runOne();
            }
            if (random.nextInt(4) == 0) {
                read(randomKey());
            }
        }
        threads.runAll();
        noteAcknowledged();
    }

    /** Runs the store's periodic tasks now. */
    void passTime() {
        threads.passTime();
        threads.runAll();
    }

    /**
     * From now on, each record that is read or acknowledged must be in a copy of only the durable bytes of that moment.
     */
    void requireDurable() {
        requiresDurable = true;
    }

    private void requireDurable(Key key, Record shown) {
        if (requiresDurable && !disk.isCrashed()) {
            Record held = durableRecord(key);
            require(!shown.isNewerThan(held), key + " was shown as " + shown + ", and durable is " + held);
        }
    }

    private Record durableRecord(Key key) {
        SeededThreads own = new SeededThreads(new Random(1));
        try (DataDirectory copy = DataDirectory.open(disk.copyOfDurable())) {
            Store recovered = Store.open(copy, TINY, own.forStore(), failure -> {
                throw failure;
            });
            return recovered.get(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void submit(Key key) {
        Record record = randomRecord();
        RecordedCompletion told = new RecordedCompletion() {
            @Override
            public void applied() {
                requireDurable(key, record);
                super.applied();
            }
        };
        submitted.add(new Submitted(key, record, told));
        store.put(key, record, told);
    }

    private Key randomKey() {
        return Key.of("key-" + random.nextInt(KEYS));
    }

    /** Versions mostly rise, as clocks do, but not always. */
    private Record randomRecord() {
        Version version = new Version(++counter + random.nextInt(20), 1, counter, 0);
        return random.nextInt(5) == 0
                ? new Record(version, TOMBSTONE)
                : new Record(version, Value.of("v".repeat(random.nextInt(60)) + counter));
    }

    private void read(Key key) {
        if (!isStopped()) {
            try {
                Record shown = store.get(key);
                requireKnownVersion(key, shown);
                requireDurable(key, shown);
                seen.merge(key, shown, Record::newest);
            } catch (DiskFailedException e) {
                require(disk.isCrashed(), "a read failed: " + e);
            }
        }
    }

    private void requireKnownVersion(Key key, Record shown) {
        store.newestVersion(key)
                .ifPresent(known -> require(
                        known.equals(ExpectedVersion.of(shown)), key + " is " + shown + ", and known as " + known));
    }

    private void noteAcknowledged() {
        submitted.removeIf(write -> write.told.outcome() == Outcome.REFUSED);
        boolean open = true;
        for (int i = survivedAtLeast; i < submitted.size(); i++) {
            boolean applied = submitted.get(i).told.outcome() == Outcome.APPLIED;
            require(!applied || open, "write " + i + " was applied, one before it was not");
            open = applied;
            survivedAtLeast = applied ? i + 1 : survivedAtLeast;
        }
    }

    /** Checks all of the contents, and that from now on the store must remember what it shows. */
    void verify() {
        Map<Key, Record> found = scan();
        int survivors = survivors(found);
        require(survivors >= 0, "no prefix of the log gives what is there: " + found);
        seen.forEach((key, record) -> require(
                !record.isNewerThan(found.getOrDefault(key, Record.NEVER_WRITTEN)),
                key + " was read as " + record + " and is now " + found.get(key)));
        found.forEach(this::requireKnownVersion);
        found.forEach((key, record) ->
                require(record.equals(store.get(key)), key + " is " + record + " in a scan and not by get"));
        submitted.subList(survivors, submitted.size()).clear();
        survivedAtLeast = survivors;
        seen.putAll(found);
    }

    private Map<Key, Record> scan() {
        Map<Key, Record> found = new TreeMap<>();
        try (RecordIterator all = store.scan()) {
            while (all.advance()) {
                require(found.put(all.key(), all.record()) == null, all.key() + " twice in a scan");
            }
        }
        return found;
    }

    /** How many of the submitted writes give these contents. -1 if no such number is high enough. */
    private int survivors(Map<Key, Record> found) {
        Map<Key, Record> state = new TreeMap<>();
        int last = -1;
        for (int count = 0; count <= submitted.size(); count++) {
            if (count >= survivedAtLeast && state.equals(found)) {
                last = count;
            }
            if (count < submitted.size()) {
                Submitted next = submitted.get(count);
                state.merge(next.key, next.record, Record::newest);
            }
        }
        return last;
    }

    void close() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        directory.close();
        noteAcknowledged();
        require(disk.openNames().isEmpty(), disk.openNames() + " are still open");
    }

    Random random() {
        return random;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
