package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.commit.LogAdmission;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The caller of a write may refuse it at its place in the log. */
class LogAdmissionTest {
    private static final Key KEY = Key.of("key");

    private final CrashDisk disk = new CrashDisk();
    private final SeededThreads threads = new SeededThreads(new Random(1));
    private DataDirectory directory;
    private Store store;

    /** The number that admissions look at, and that completions raise. */
    private long fence;

    @BeforeEach
    void anEmptyStore() throws IOException {
        directory = DataDirectory.create(disk);
        Store.create(directory);
        store = Store.open(directory, CrashedStore.TINY, threads.forStore(), failure -> {
            throw failure;
        });
    }

    private static List<Write> batch(Key key, long version, int bytes) {
        Record record = new Record(new Version(version, 1, version, 0), Value.of("x".repeat(bytes)));
        return List.of(new Write(Keyspace.DATA, key, record), new Write(Keyspace.META, key, record));
    }

    private static Optional<RefusedException> refused() {
        return Optional.of(new RefusedException(RefusedBecause.NOT_ADMITTED, "below the fence. Nothing was applied"));
    }

    private LogAdmission above(long version) {
        return () -> version > fence ? Optional.empty() : refused();
    }

    private RecordedCompletion write(Key key, long version, int bytes) {
        RecordedCompletion completion = new RecordedCompletion();
        store.write(batch(key, version, bytes), above(version), completion);
        return completion;
    }

    private RecordedCompletion raiseFence(long to, int bytes) {
        RecordedCompletion completion = new RecordedCompletion() {
            @Override
            public void applied() {
                super.applied();
                fence = to;
            }
        };
        store.write(batch(Key.of("fence"), to, bytes), completion);
        return completion;
    }

    @Test
    void itIsAskedOnTheLogThreadAndNotOnTheCallers() throws Exception {
        store.shutdown(() -> {});
        threads.runAll();
        CompletableFuture<Thread> asked = new CompletableFuture<>();
        CompletableFuture<Thread> completed = new CompletableFuture<>();
        try (StorageThreads real = StorageThreads.start("test");
                Store other = Store.open(directory, CrashedStore.TINY, real.forStore(), failure -> {})) {
            LogAdmission admission = () -> {
                asked.complete(Thread.currentThread());
                return Optional.empty();
            };
            other.write(batch(KEY, 1, 3), admission, new RecordedCompletion() {
                @Override
                public void applied() {
                    completed.complete(Thread.currentThread());
                }
            });
            assertNotEquals(Thread.currentThread(), asked.get(10, TimeUnit.SECONDS));
            assertEquals(completed.get(10, TimeUnit.SECONDS), asked.get());
        }
    }

    @Test
    void aRefusedBatchLeavesNothingAndItsCompletionLearnsWhy() {
        RecordedCompletion before = write(Key.of("before"), 9, 3);
        fence = 5;
        RecordedCompletion refused = write(KEY, 5, 3);
        RecordedCompletion after = write(Key.of("after"), 6, 3);
        assertEquals(Outcome.NONE_YET, refused.outcome());
        threads.runAll();
        assertEquals(Outcome.REFUSED, refused.outcome());
        assertEquals(Optional.of(RefusedBecause.NOT_ADMITTED), refused.reason());
        assertEquals("below the fence. Nothing was applied", refused.message());
        assertEquals(List.of(Outcome.APPLIED, Outcome.APPLIED), List.of(before.outcome(), after.outcome()));
        assertEquals(Record.NEVER_WRITTEN, store.get(KEY));
        assertEquals(Record.NEVER_WRITTEN, store.get(Keyspace.META, KEY));
        assertEquals(0, store.statistics().figures().writes().queuedBytes());
    }

    @Test
    void aGroupOfRefusedBatchesIsNoGroup() {
        fence = 5;
        long forces = store.statistics().figures().log().forces();
        for (int i = 0; i < 5; i++) {
            write(KEY, i, 3);
        }
        threads.runAll();
        assertEquals(forces, store.statistics().figures().log().forces());
        RecordedCompletion next = write(KEY, 6, 3);
        threads.runAll();
        assertEquals(Outcome.APPLIED, next.outcome());
    }

    @Test
    void whatACompletionChangesIsSeenByTheNextGroup() {
        int longerThanAGroup = CrashedStore.TINY.writes().groupBytesMax();
        raiseFence(5, longerThanAGroup);
        RecordedCompletion below = write(KEY, 5, 3);
        RecordedCompletion above = write(KEY, 6, 3);
        threads.runAll();
        assertEquals(Outcome.REFUSED, below.outcome());
        assertEquals(Outcome.APPLIED, above.outcome());
    }

    @Test
    void batchesOfOneGroupAreNotAskedAboutEachOther() {
        raiseFence(5, 3);
        RecordedCompletion below = write(KEY, 5, 3);
        threads.runAll();
        assertEquals(1, store.statistics().figures().log().forces());
        assertEquals(Outcome.APPLIED, below.outcome());
        assertEquals(5, fence);
    }

    /** Each is asked when all that it sees is durable, and is written in the order in which they were asked. */
    @Test
    void theyAreAskedInTheOrderOfTheLog() {
        List<Integer> asked = new ArrayList<>();
        List<Integer> applied = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            LogAdmission admission = () -> {
                asked.add(number);
                return number % 3 == 0 ? refused() : Optional.empty();
            };
            store.write(batch(Key.of("key-" + i), i, 40), admission, new RecordedCompletion() {
                @Override
                public void applied() {
                    applied.add(number);
                }
            });
        }
        threads.runAll();
        assertEquals(20, asked.size());
        assertEquals(asked.stream().filter(number -> number % 3 != 0).toList(), applied);
    }
}
