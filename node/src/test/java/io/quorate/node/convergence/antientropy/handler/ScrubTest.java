package io.quorate.node.convergence.antientropy.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.WalkLimits;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassFigures.Damage;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.request.RequestHandlers;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One replica that is asked for digests, lists and records. The test runs its threads. */
class ScrubTest {
    private static final WalkLimits LIMITS = new WalkLimits(2, 1 << 20);
    private static final PassProgress PASS = PassProgress.begin(1, 1_000, 0);

    private final CrashDisk disk = new CrashDisk();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PassFigures figures = new PassFigures();
    private Store store;
    private VotingRight right;
    private PassMemory memory;
    private RequestHandlers handlers;

    @BeforeEach
    void aReplicaWithThreeKeysInATable() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            Store.create(directory);
        }
        start();
        put("a", new Record(new Version(1, 0, 0, 0), Value.of("a's value")));
        put("b", new Record(new Version(2, 0, 0, 0), Tombstone.TOMBSTONE));
        put("c", new Record(new Version(3, 0, 0, 0), Value.of("c's value")));
        restart();
        restart(); // The first start writes the table.
    }

    @Test
    void aDigestEndsAtItsLimitAndTheNextOneGoesOnThere() {
        Digests first = assertInstanceOf(Digests.class, ask(new Digest(PASS, KeyRange.ALL, LIMITS, false)));
        assertEquals(Optional.of(Key.of("c")), first.end());
        Digests second =
                assertInstanceOf(Digests.class, ask(new Digest(PASS, KeyRange.from(Key.of("c")), LIMITS, false)));
        assertEquals(Optional.empty(), second.end());
    }

    @Test
    void aListShowsVersionsAndAFetchShowsRecords() {
        Listed listed = assertInstanceOf(Listed.class, ask(new ListRange(KeyRange.ALL, SlotSet.ALL)));
        assertEquals(
                List.of(
                        new ListedEntry(Key.of("a"), new Version(1, 0, 0, 0), false, false, false),
                        new ListedEntry(Key.of("b"), new Version(2, 0, 0, 0), true, false, false),
                        new ListedEntry(Key.of("c"), new Version(3, 0, 0, 0), false, false, false)),
                listed.entries());
        Fetched fetched =
                assertInstanceOf(Fetched.class, ask(new Fetch(List.of(Key.of("b"), Key.of("x"), Key.of("a")), 2)));
        assertEquals(
                List.of(
                        new HeldRecord(Key.of("b"), new Record(new Version(2, 0, 0, 0), Tombstone.TOMBSTONE)),
                        new HeldRecord(Key.of("x"), Record.NEVER_WRITTEN)),
                fetched.records());
    }

    @Test
    void damageIsFoundBehindTheCacheAndNamedWithItsPlace() throws IOException {
        assertEquals("a's value", value("a")); // The block is in the cache now.
        String table = disk.list().stream()
                .filter(name -> name.startsWith("table-"))
                .findFirst()
                .orElseThrow();
        disk.rot(table, 40, 3);
        assertEquals("a's value", value("a"));

        Rejected rejected = assertInstanceOf(Rejected.class, ask(new Digest(PASS, KeyRange.ALL, LIMITS, false)));

        assertEquals(Rejected.RejectionCause.UNREADABLE, rejected.cause());
        Damage damage = figures.damages().get(0);
        assertTrue(damage.file().endsWith(table), damage::file);
        assertEquals(VotingStatus.DAMAGED, right.votingStatus());
    }

    @Test
    void theMemoryOfPassesOutlivesTheProcess() throws IOException {
        ask(new Digest(PASS, KeyRange.ALL, LIMITS, false));
        ask(new PassEnd(PASS.complete(SlotSet.NONE)));
        restart();
        assertEquals(1, memory.shown().progress().number());
        assertTrue(memory.shown().ended());
        assertEquals(1_000, memory.shown().verifiedMs().min().orElseThrow());
    }

    @Test
    void onlyAPassThatBeginsAfterTheRequestEndsTheHurry() {
        ask(new Digest(PASS, KeyRange.ALL, LIMITS, false));
        memory.hurry();
        ask(new PassEnd(PASS.complete(SlotSet.NONE)));
        assertTrue(memory.isHurried());
        ask(new PassEnd(PassProgress.begin(2, 2_000, 0)));
        assertEquals(false, memory.isHurried());
    }

    private String value(String key) {
        Value value = assertInstanceOf(Value.class, store.get(Key.of(key)).content());
        return new String(value.bytes(), UTF_8);
    }

    private void put(String key, Record record) {
        store.put(Key.of(key), record, new RequiredCompletion(() -> {}));
        runAll();
    }

    private Reply ask(Request request) {
        List<Reply> replies = new ArrayList<>();
        handlers.handle(request, replies::add);
        runAll();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private void restart() throws IOException {
        runAll();
        disk.killProcess();
        start();
    }

    private void start() throws IOException {
        DataDirectory directory = DataDirectory.open(disk);
        right = VotingRight.of(directory);
        store = Store.open(
                directory,
                StoreOptions.DEFAULTS.withBallastBytes(0),
                new StoreThreads(tasks::add, tasks::add, tasks::add, ScrubTest::never, SystemClock.INSTANCE),
                failure -> {});
        KeyStates states = new KeyStates(store, right, tasks::add);
        memory = new PassMemory(store, SystemClock.INSTANCE);
        PacedReader reader =
                new PacedReader(store, tasks::add, this::now, SystemClock.INSTANCE, new ReadPace(86_400_000, 32 << 20));
        handlers = new RequestHandlers();
        new ConvergenceHandlers(
                        states,
                        reader,
                        memory,
                        figures,
                        new ForgettingFigures(SystemClock.INSTANCE),
                        SystemClock.INSTANCE)
                .addTo(handlers);
    }

    /** A timer that does not wait. */
    private Timer now(long delayMs, Runnable action) {
        tasks.add(action);
        return () -> {};
    }

    /** The store looks for merges each hour. A timer that does not wait would have it do that for ever. */
    private static Timer never(long delayMs, Runnable action) {
        return () -> {};
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
