package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.RecordedCompletion.Outcome;
import io.quorate.node.lsm.commit.LogAdmission;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.RefusedException.RefusedBecause;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreThreads;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store whose flushes do not get on, so that a long batch waits behind the debt of another one. */
class PassedOverBatchTest {
    private static final int MEMTABLE_BYTES = 100_000;

    private final Queue<Runnable> log = new ArrayDeque<>();
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private boolean tooLate;
    private Store store;

    private RecordedCompletion write(String prefix, int values) {
        RecordedCompletion completion = new RecordedCompletion();
        Record record = new Record(new Version(1, 1, 1, 0), Value.of("x".repeat(1_000)));
        List<Write> batch = IntStream.range(0, values)
                .mapToObj(i -> new Write(Keyspace.DATA, Key.of(prefix + i), record))
                .toList();
        LogAdmission admission = () -> tooLate
                ? Optional.of(new RefusedException(RefusedBecause.NOT_ADMITTED, "too late. Nothing was applied"))
                : Optional.empty();
        store.write(batch, admission, completion);
        runLog();
        return completion;
    }

    private void runLog() {
        while (!log.isEmpty()) {
            log.remove().run();
        }
    }

    /** Timers that these ones set are of the next delay. */
    private void endDelay() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
        runLog();
    }

    @Test
    void aBatchThatAGroupPassesOverIsRefusedAsSoonAsItIsTooLate() throws Exception {
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        store = Store.open(
                directory,
                CrashedStore.TINY.withMemtables(new MemtableSizes(MEMTABLE_BYTES, 1)),
                new StoreThreads(
                        log::add,
                        flush -> {},
                        merge -> {},
                        (delayMs, action) -> {
                            timers.add(action);
                            return () -> {};
                        },
                        SystemClock.INSTANCE),
                failure -> {
                    throw failure;
                });
        assertEquals(Outcome.APPLIED, write("first", MEMTABLE_BYTES / 1_000).outcome());
        assertEquals(
                Outcome.APPLIED, write("second", MEMTABLE_BYTES * 3 / 4_000).outcome());
        RecordedCompletion passedOver = write("third", 8);
        endDelay();
        assertEquals(Outcome.NONE_YET, passedOver.outcome(), "the debt of the second batch is not paid");

        tooLate = true;
        endDelay();
        assertEquals(Outcome.REFUSED, passedOver.outcome());
    }
}
