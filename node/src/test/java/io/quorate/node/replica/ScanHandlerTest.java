package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.ScanLimits;
import io.quorate.node.convergence.handoff.HintOptions;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ScanHandlerTest {
    private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
    private final List<Runnable> onReaders = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private DataDirectory directory;
    private Store store;
    private VotingRight right;
    private KeyStates states;
    private ScanHandler scans;
    private int version;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        directory = DataDirectory.create(new RealDisk(folder.resolve("data")));
        Store.create(directory);
        StoreThreads threads = new StoreThreads(
                storeThread, storeThread, storeThread, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
        store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, why -> {});
        right = VotingRight.of(directory);
        states = new KeyStates(store, right, onReaders::add);
        scans = new ScanHandler(states, onReaders::add);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        directory.close();
        storeThread.shutdown();
    }

    @Test
    void theRegistersOfTheRangeAreShownTombstonesToo() {
        put("a", Value.of("1"));
        put("b", Value.of("2"));
        put("c", Tombstone.TOMBSTONE);
        put("d", Value.of("4"));
        KeyRange fromB = KeyRange.from(Key.of("b"));
        ScanReply reply = scan(new Scan(fromB, Direction.ASCENDING, true, ScanLimits.ofValues(10)));
        assertEquals(List.of("b", "c", "d"), keys(reply));
        assertEquals(Value.of("2"), reply.entries().get(0).value().orElseThrow());
        assertTrue(reply.entries().get(1).tombstone());
        assertTrue(reply.complete());
    }

    @Test
    void withoutValuesOnlyHeadsAreShown() {
        Record record = put("a", Value.of("1"));
        ScanReply reply = scan(new Scan(KeyRange.ALL, Direction.ASCENDING, false, ScanLimits.ofValues(10)));
        assertEquals(List.of(ScanEntry.headOf(Key.of("a"), record)), reply.entries());
    }

    @Test
    void aScanStopsBehindAsManyValuesAsItMayShowButNotBeforeItKnowsThatThereAreMore() {
        put("a", Value.of("1"));
        put("b", Tombstone.TOMBSTONE);
        put("c", Value.of("3"));
        ScanReply first = scan(new Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(1)));
        assertEquals(List.of("a", "b"), keys(first));
        assertFalse(first.complete());
        assertTrue(scan(new Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(2)))
                .complete());
    }

    @Test
    void tombstonesEndAScanByTheWorkThatTheyAre() {
        for (char key = 'a'; key <= 'e'; key++) {
            put(String.valueOf(key), Tombstone.TOMBSTONE);
        }
        ScanReply reply =
                scan(new Scan(KeyRange.ALL, Direction.ASCENDING, true, new ScanLimits(10, 3, ScanLimits.BYTES_MAX)));
        assertEquals(List.of("a", "b", "c"), keys(reply));
        assertFalse(reply.complete());
    }

    @Test
    void aReplyHasAtLeastOneEntryHoweverLargeAndEndsBeforeTheNext() {
        put("a", Value.of("x".repeat(5_000)));
        put("b", Value.of("y".repeat(5_000)));
        ScanReply reply = scan(new Scan(KeyRange.ALL, Direction.ASCENDING, true, new ScanLimits(10, 10, 100)));
        assertEquals(List.of("a"), keys(reply));
        assertFalse(reply.complete());
    }

    @Test
    void noScanRunsOnTheCallersThreadAndOnlyFewAtATimeOnReaders() {
        for (int i = 0; i < 10; i++) {
            scans.handle(all(), replies::add);
        }
        assertEquals(List.of(), replies);
        assertEquals(ScanHandler.RUNNERS_MAX, onReaders.size());
        runReaders();
        assertEquals(10, replies.size());
        scans.handle(all(), replies::add);
        assertEquals(1, onReaders.size());
    }

    @Test
    void moreScansThanMayWaitAreRejectedAtOnce() {
        for (int i = 0; i < ScanHandler.WAITING_MAX + 1; i++) {
            scans.handle(all(), replies::add);
        }
        assertEquals(1, replies.size());
        assertInstanceOf(Rejected.class, replies.get(0));
        runReaders();
        assertEquals(ScanHandler.WAITING_MAX + 1, replies.size());
    }

    @Test
    void aScanIsRejectedWhenTheReadersTakeNoMore() {
        ScanHandler rejected = new ScanHandler(states, task -> {
            throw new RejectedExecutionException();
        });
        rejected.handle(all(), replies::add);
        rejected.handle(all(), replies::add);
        replies.forEach(reply -> assertInstanceOf(Rejected.class, reply));
        assertEquals(2, replies.size());
    }

    @Test
    void aClosedStoreRejects() {
        store.close();
        scans.handle(all(), replies::add);
        runReaders();
        assertInstanceOf(Rejected.class, replies.get(0));
    }

    private static Scan all() {
        return new Scan(KeyRange.ALL, Direction.ASCENDING, true, ScanLimits.ofValues(10));
    }

    private ScanReply scan(Scan scan) {
        scans.handle(scan, replies::add);
        runReaders();
        return (ScanReply) replies.get(replies.size() - 1);
    }

    private void runReaders() {
        List<Runnable> due = List.copyOf(onReaders);
        onReaders.clear();
        due.forEach(Runnable::run);
    }

    private Record put(String key, Content content) {
        Record record = new Record(new Version(1, 1, ++version, 0), content);
        CompletableFuture<Reply> stored = new CompletableFuture<>();
        new StoreHandler(
                        states,
                        right,
                        new HybridClock(SystemClock.INSTANCE, 500),
                        onReaders::add,
                        new Hints(store, 3, HintOptions.DEFAULTS, new HybridClock(SystemClock.INSTANCE, 500)))
                .handle(new io.quorate.common.wire.Message.StoreRequest(Key.of(key), record), stored::complete);
        assertEquals(new Stored(), stored.join());
        return record;
    }

    private static List<String> keys(ScanReply reply) {
        return reply.entries().stream().map(entry -> entry.key().toString()).toList();
    }
}
