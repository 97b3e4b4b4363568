package io.quorate.node.convergence.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever way a key is read, what is found is what a single read finds. */
class SortedReadsTest {
    private static final int KEYS = 1_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Store store;

    @BeforeEach
    void write() throws IOException {
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        store = Store.open(
                directory,
                StoreOptions.DEFAULTS.withBallastBytes(0),
                new StoreThreads(
                        tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE),
                failure -> {
                    throw failure;
                });
        IntStream.range(0, KEYS).forEach(i -> store.write(List.of(register(i)), new RequiredCompletion(() -> {})));
        runAll();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static Key key(int number) {
        return Key.of("k%06d".formatted(2 * number));
    }

    private static Key absent(int number) {
        return Key.of("k%06d".formatted(2 * number + 1));
    }

    private static Write register(int number) {
        return new Write(
                Keyspace.DATA, key(number), new Record(new Version(5 + number, 1, 1, 0), Value.of("v" + number)));
    }

    private void reads(List<Key> keys) {
        try (SortedReads reads = new SortedReads(store, keys.get(0))) {
            for (Key key : keys) {
                assertEquals(store.get(key), reads.get(key), key::toString);
            }
        }
    }

    @Test
    void keysThatLieCloseTogether() {
        reads(IntStream.range(10, 400).mapToObj(SortedReadsTest::key).toList());
    }

    @Test
    void absentKeysBetweenOthersAndBehindAll() {
        reads(IntStream.range(KEYS - 50, KEYS + 50)
                .boxed()
                .flatMap(i -> List.of(key(i), absent(i)).stream())
                .toList());
    }

    @Test
    void keysThatAreFarApart() {
        reads(IntStream.range(0, 10).mapToObj(i -> key(100 * i)).toList());
    }

    @Test
    void sameKeysAndKeysOutOfOrder() {
        reads(List.of(key(5), key(5), key(9), key(7), absent(2), key(10), key(2_000), key(0), key(11)));
    }
}
