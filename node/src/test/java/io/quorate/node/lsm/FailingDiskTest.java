package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that reports errors, and one that does less than it is asked for. */
class FailingDiskTest {
    private static final Key KEY = Key.of("key");
    private static final Record RECORD = new Record(new Version(1, 1, 1, 0), Value.of("value"));

    @Test
    void aFailedForceOfTheLogLeavesWritesUnknownAndStopsTheStore() throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        SeededThreads threads = new SeededThreads(new Random(1));
        List<StoreException> fatal = new ArrayList<>();
        Store store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads.forStore(), fatal::add);
        disk.faults().fail(each -> each.kind() == Kind.FORCE && each.name().startsWith("log-"));

        RecordedCompletion written = new RecordedCompletion();
        store.put(KEY, RECORD, written);
        threads.runAll();
        RecordedCompletion late = new RecordedCompletion();
        store.put(KEY, RECORD, late);

        assertEquals(Outcome.UNKNOWN, written.outcome());
        assertEquals(Outcome.REFUSED, late.outcome());
        assertEquals(1, fatal.size());
        assertThrows(RefusedException.class, () -> store.get(KEY));
        store.shutdown(() -> {});
        threads.runAll();
    }

    /** Afterwards the process is gone, the next one reads what the page cache shows, and then the power goes too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingAcknowledgedOrReadIsLostWhenAnyOneOperationFails(long seed) throws IOException {
        boolean more = true;
        for (int failAt = 0; more; failAt++) {
            try {
                more = runWithOneFailure(seed, failAt);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", operation " + failAt + " fails", e);
            }
        }
    }

    private static boolean runWithOneFailure(long seed, int failAt) throws IOException {
        CrashedStore crashed = new CrashedStore(seed);
        crashed.open();
        long first = crashed.disk.operations();
        crashed.disk.faults().fail(each -> each.index() == first + failAt);
        crashed.work(20);
        boolean failed = crashed.disk.operations() > first + failAt;
        assertEquals(failed, crashed.isStopped(), "an operation failed and the store stopped");
        crashed.disk.faults().fail(each -> false);
        crashed.disk.killProcess();
        crashed.open();
        crashed.verify();
        crashed.disk.losePower(Survivors.NOTHING, new Random(seed));
        crashed.open();
        crashed.verify();
        crashed.work(5);
        crashed.close();
        return failed;
    }

    /** Reads that fail throw, each time, and nothing else happens: neither "absent" nor a store that stops. */
    @Test
    void whatTheDiskCannotReadIsAnErrorAndTheStoreGoesOn() throws IOException {
        CrashedStore crashed = new CrashedStore(3);
        crashed.open();
        crashed.work(60);
        crashed.close();
        crashed.open();
        for (String name : crashed.disk.list()) {
            crashed.disk.faults().makeUnreadable(name, 0, Long.MAX_VALUE);
        }
        for (int i = 0; i < 2; i++) {
            assertThrows(DiskFailedException.class, () -> crashed.store.scan().advance());
        }
        assertFalse(crashed.isStopped());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shortReadsAndWritesAreGoneOnWith(long seed) throws IOException {
        CrashedStore crashed = new CrashedStore(seed);
        crashed.disk.faults().transferShort(new Random(seed));
        crashed.open();
        crashed.work(30);
        crashed.close();
        crashed.disk.losePower(Survivors.NOTHING, new Random(seed));
        crashed.open();
        crashed.verify();
        crashed.close();
        assertTrue(crashed.disk.trace().size() > 0);
    }
}
