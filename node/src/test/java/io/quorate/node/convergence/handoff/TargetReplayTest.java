package io.quorate.node.convergence.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replay of hints to a member that lacks all, over virtual time. */
class TargetReplayTest {
    private static final int TARGET = 2;
    private static final long BYTES_PER_SECOND_MAX = 64 << 10;

    private final VirtualLoop loop = new VirtualLoop();
    private final LackingMember member = new LackingMember();
    private final HybridClock clock = new HybridClock(loop, 500);
    private Store store;
    private Hints hints;

    private record Timed(long atMs, long order, Runnable action) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return atMs == other.atMs ? Long.compare(order, other.order) : Long.compare(atMs, other.atMs);
        }
    }

    private static final class VirtualLoop implements Clock {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final PriorityQueue<Timed> timers = new PriorityQueue<>();
        private long nowMs = 1;
        private long order;

        void after(long delayMs, Runnable action) {
            timers.add(new Timed(nowMs + delayMs, order++, action));
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        void pass(long durationMs) {
            long endMs = nowMs + durationMs;
            runAll();
            while (!timers.isEmpty() && timers.peek().atMs <= endMs) {
                Timed next = timers.remove();
                nowMs = next.atMs;
                next.action.run();
                runAll();
            }
            nowMs = endMs;
        }

        @Override
        public long wallMs() {
            return nowMs;
        }

        @Override
        public long monotonicNs() {
            return TimeUnit.MILLISECONDS.toNanos(nowMs);
        }
    }

    /** Lacks all that it is offered, and stores all that it is sent. */
    private final class LackingMember implements HintTarget {
        private final List<Key> stored = new ArrayList<>();
        private final List<Key> offered = new ArrayList<>();
        private Key refuses = Key.of("none");

        @Override
        public int place() {
            return TARGET;
        }

        @Override
        public boolean takesPart() {
            return true;
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            Reply reply = answerTo(request);
            loop.tasks.add(() -> answer.accept(Optional.of(reply)));
        }

        private Reply answerTo(Request request) {
            if (request instanceof Offer offer) {
                offered.add(offer.hints().get(0).key());
                return new Lacks(
                        IntStream.range(0, offer.hints().size()).boxed().toList());
            }
            if (((StoreRequest) request).key().equals(refuses)) {
                return new Rejected(RejectionCause.OVERLOADED, "too much");
            }
            stored.add(((StoreRequest) request).key());
            return new Stored();
        }
    }

    @BeforeEach
    void open() throws IOException {
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        StoreThreads threads = new StoreThreads(
                loop.tasks::add, loop.tasks::add, loop.tasks::add, (delayMs, action) -> () -> {}, loop);
        store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
            throw failure;
        });
        hints = new Hints(store, 3, new HintOptions(1_000, BYTES_PER_SECOND_MAX), clock);
        KeyStates states = new KeyStates(store, VotingRight.of(directory), loop.tasks::add);
        ReplayParts parts = new ReplayParts(
                loop,
                (delayMs, action) -> {
                    loop.after(delayMs, action);
                    return () -> {};
                },
                loop.tasks::add,
                loop.tasks::add);
        new HintReplay(hints, new HeldRegisters(states), 0, List.of(member), parts).start();
    }

    /** A peer may lie, or mean the disk that this replica had before. */
    @Test
    void aHintForAVersionThatThisReplicaDoesNotHoldHoldsUpNoOther() {
        write(hints.note(TARGET, List.of(hint("a"))));
        missed("b", 10);
        loop.pass(2_000);
        assertEquals(List.of(Key.of("b")), member.stored);
        assertEquals(List.of(), waiting());
        assertEquals(1, hints.replayed());
    }

    @Test
    void aPlannedWaitIsNoMissingAnswer() {
        missed("a", 1 << 20);
        missed("b", 1 << 20);
        missed("c", 1 << 20);
        loop.pass(15_000);
        assertEquals(List.of(Key.of("a")), member.stored, "a mebibyte at this rate takes 16 s");
        loop.pass(15_000);
        assertEquals(List.of(Key.of("a"), Key.of("b")), member.stored);
        loop.pass(15_000);
        assertEquals(List.of(Key.of("a"), Key.of("b"), Key.of("c")), member.stored);
    }

    /** Seed 9024489 of five nodes: a merge dropped an erased hint, which had hidden one that came a second time. */
    @Test
    void aHintThatComesToLightWithoutAWordIsFoundWithinAMinute() {
        missed("a", 10);
        loop.pass(2_000);
        assertEquals(List.of(Key.of("a")), member.stored);
        List<Write> hidden = new ArrayList<>(hints.note(1 << TARGET, hint("b")));
        hidden.add(register(hint("b"), 10));
        store.write(hidden, new RequiredCompletion(() -> {}));
        loop.pass(2_000);
        assertEquals(List.of(hint("b")), waiting(), "nobody said that it arrived");
        loop.pass(TargetReplay.SEARCH_MS);
        assertEquals(List.of(), waiting());
        assertEquals(List.of(Key.of("a"), Key.of("b")), member.stored);
    }

    /** A pass that began anew would go over all erased hints again, at each trouble. */
    @Test
    void aReplayThatMetTroubleGoesOnWhereItWas() {
        IntStream.range(0, 600).forEach(i -> missed("k%03d".formatted(i), 10));
        member.refuses = Key.of("k299");
        while (member.offered.size() < 2) {
            loop.pass(10);
        }
        assertEquals(List.of(hint("k299")), waiting().subList(0, 1));
        missed("a", 10);
        member.refuses = Key.of("none");
        loop.pass(5_000);
        assertEquals(List.of(), waiting());
        assertEquals(
                Stream.of("k000", "k256", "k299", "a").map(Key::of).toList(),
                member.offered,
                "the page that was refused, without what it took, and then what came since");
    }

    @Test
    void aPageThatIsAlwaysRefusedHoldsUpNoOther() {
        IntStream.range(0, 600).forEach(i -> missed("k%03d".formatted(i), 10));
        member.refuses = Key.of("k299");
        loop.pass(2_000);
        missed("a", 10);
        loop.pass(20_000);
        assertTrue(member.stored.contains(Key.of("a")));
        assertEquals(List.of(hint("k299")), waiting());
    }

    private static Hint hint(String key) {
        return new Hint(Key.of(key), new Version(5, 1, 1, 0));
    }

    /** A write that the member missed. */
    private void missed(String key, int bytes) {
        Hint hint = hint(key);
        List<Write> batch = new ArrayList<>(hints.note(1 << TARGET, hint));
        batch.add(register(hint, bytes));
        write(batch);
    }

    private static Write register(Hint hint, int bytes) {
        return new Write(Keyspace.DATA, hint.key(), new Record(hint.version(), Value.of("v".repeat(bytes))));
    }

    private void write(List<Write> batch) {
        store.write(batch, new RequiredCompletion(() -> hints.applied(1 << TARGET)));
        loop.runAll();
    }

    private List<Hint> waiting() {
        return hints.read(TARGET, HintPosition.begin(Direction.ASCENDING)).hints();
    }
}
