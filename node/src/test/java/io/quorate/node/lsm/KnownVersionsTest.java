package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.view.ExpectedVersion;
import io.quorate.node.lsm.view.NewestVersion;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions come late, by more than a memtable holds. What a store knows of a key is what a get finds. */
class KnownVersionsTest {
    private static final int KEYS = 12;
    private static final int STEPS = 2_000;
    private static final int LATE_MAX = 60;

    private final CrashDisk disk = new CrashDisk();
    private Random random;
    private SeededThreads threads;
    private DataDirectory directory;
    private Store store;
    private long counter = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsKnownIsWhatAGetFinds(long seed) throws IOException {
        random = new Random(seed);
        try (DataDirectory fresh = DataDirectory.create(disk)) {
            Store.create(fresh);
        }
        open();
        int known = 0;
        for (int step = 0; step < STEPS; step++) {
            put();
            for (int tasks = random.nextInt(5); tasks > 0; tasks--) {
                threads.runOne();
            }
            known += check("seed " + seed + ", step " + step);
            if (random.nextInt(200) == 0) {
                reopen();
            }
        }
        assertTrue(known > STEPS, "only " + known + " versions were known");
    }

    private void open() throws IOException {
        threads = new SeededThreads(random);
        directory = DataDirectory.open(disk);
        store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void reopen() throws IOException {
        store.shutdown(() -> {});
        threads.runAll();
        directory.close();
        open();
    }

    private void put() {
        counter++;
        Version version = new Version(counter - random.nextInt(LATE_MAX), 1, counter, 0);
        store.put(
                Key.of("key-" + random.nextInt(KEYS)),
                new Record(version, random.nextInt(4) == 0 ? TOMBSTONE : Value.of("v".repeat(random.nextInt(60)))),
                new RecordedCompletion());
    }

    /** How many versions are known. */
    private int check(String when) {
        int known = 0;
        for (int i = 0; i < KEYS; i++) {
            Key key = Key.of("key-" + i);
            Optional<NewestVersion> version = store.newestVersion(key);
            if (version.isPresent()) {
                assertEquals(ExpectedVersion.of(store.get(key)), version.get(), when);
                known++;
            }
        }
        return known;
    }
}
