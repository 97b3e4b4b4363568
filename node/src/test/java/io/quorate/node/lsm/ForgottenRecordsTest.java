package io.quorate.node.lsm;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.view.RecordIterator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forgotten tombstone wins against the same tombstone, wherever in the store the two are. Merges rest meanwhile. */
class ForgottenRecordsTest {
    private static final Key KEY = Key.of("key");
    private static final Record DELETED = new Record(new Version(50, 1, 50, 0), TOMBSTONE);
    private static final Record FORGOTTEN = DELETED.forgotten(7);

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;
    private int fillers;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
        open();
    }

    private void open() throws IOException {
        store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private void reopen() throws IOException {
        store.shutdown(() -> {});
        threads.runAllButMerges();
        open();
    }

    private void put(Record record) {
        put(KEY, record);
    }

    private void put(Key key, Record record) {
        RecordedCompletion completion = new RecordedCompletion();
        store.put(key, record, completion);
        threads.runAllButMerges();
        assertEquals(Outcome.APPLIED, completion.outcome());
    }

    /** Its version is lower than that of the tombstone, so it hides no table with a higher one. */
    private void flush() {
        for (int i = 0; i < 2; i++) {
            Version version = new Version(1, 1, ++fillers, 0);
            put(Key.of("filler"), new Record(version, Value.of("x".repeat(1_000))));
        }
    }

    private void assertShows(Record expected) {
        assertEquals(expected, store.get(KEY));
        assertTrue(store.getFromMemory(KEY).map(expected::equals).orElse(true));
        try (RecordIterator all = store.scan()) {
            Optional<Record> scanned = Optional.empty();
            while (all.advance()) {
                scanned = all.key().equals(KEY) ? Optional.of(all.record()) : scanned;
            }
            assertEquals(Optional.of(expected), scanned);
        }
    }

    private static List<Record> inOrder(boolean forgottenFirst) {
        return forgottenFirst ? List.of(FORGOTTEN, DELETED) : List.of(DELETED, FORGOTTEN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofOneVersionTheForgottenOneWinsWhicheverCameLast(boolean forgottenFirst) throws IOException {
        inOrder(forgottenFirst).forEach(this::put);
        assertShows(FORGOTTEN);
        reopen();
        assertShows(FORGOTTEN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofOneVersionTheForgottenOneWinsInWhicheverTableItIs(boolean forgottenFirst) throws IOException {
        put(inOrder(forgottenFirst).get(0));
        flush();
        put(inOrder(forgottenFirst).get(1));
        assertShows(FORGOTTEN);
        flush();
        assertShows(FORGOTTEN);
        reopen();
        assertShows(FORGOTTEN);
    }
}
