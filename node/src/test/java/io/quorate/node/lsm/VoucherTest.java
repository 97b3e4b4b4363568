package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rot in the last group of a log is no torn end, since a voucher stands behind the group. */
class VoucherTest {
    private static final Key KEY = Key.of("key");

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private Store store;

    @BeforeEach
    void aStore() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        store = open(disk, threads);
    }

    private static Store open(CrashDisk disk, SeededThreads threads) throws IOException {
        return Store.open(DataDirectory.open(disk), CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private Outcome put(long version) {
        RecordedCompletion told = new RecordedCompletion();
        store.put(KEY, new Record(new Version(version, 1, version, 0), Value.of("value-" + version)), told);
        threads.runLogOnly();
        return told.outcome();
    }

    /** The group that found no space has written over the voucher, in part or as a whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAGroupWasTakenBackTheGroupBeforeItHasAVoucherAgain(long seed) throws IOException {
        assertEquals(Outcome.APPLIED, put(1));
        disk.faults().findNoRoom(Operation.at(disk.operations()), new Random(seed));
        assertEquals(Outcome.REFUSED, put(2));
        requireThatRotIsNoticed();
    }

    private void requireThatRotIsNoticed() throws IOException {
        CrashDisk rotten = disk.copy();
        String log = rotten.list().stream()
                .filter(name -> name.startsWith("log-"))
                .reduce((first, second) -> second)
                .orElseThrow();
        String bytes = new String(rotten.read(log), StandardCharsets.ISO_8859_1);
        rotten.rot(log, bytes.indexOf("value-1"), 3);
        assertThrows(CorruptException.class, () -> open(rotten, new SeededThreads(new Random(1))));
    }
}
