package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.PassNoted;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.StandingClock;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver whose node is the only member. Its keys are in two ranges, and the second one begins at m. */
class PassDriverTest {
    private static final int TICK_MS = 10;
    private static final int PAUSE_MS = 1_000;

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<Runnable> ticks = new ArrayList<>();
    private final Member member = new Member();
    private final Other other = new Other();
    private final List<PassPeer> members = new ArrayList<>(List.of(member));
    private List<Key> boundaries = List.of(Key.of("m"));
    private PassMemory memory;
    private long replaySteps;
    private final StandingClock clock = new StandingClock();

    private final class Member implements VotingMember {
        private final List<Digest> digests = new ArrayList<>();
        private final List<Long> ended = new ArrayList<>();

        @Override
        public NodeId id() {
            return new NodeId("n1");
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            loop.add(() -> answer.accept(Optional.of(reply(request))));
        }

        private Reply reply(Request request) {
            if (request instanceof PassEnd end) {
                ended.add(end.pass().number());
                memory.ended(end.pass());
                return new PassNoted(false);
            }
            Digest digest = (Digest) request;
            digests.add(digest);
            memory.reached(digest.pass());
            return digests(digest);
        }

        private Digests digests(Digest digest) {
            return new Digests(new RangeDigestBuilder().build(), end(digest.range()), 0, false);
        }

        private Optional<Key> end(KeyRange range) {
            return boundaries.stream()
                    .filter(boundary -> range.start()
                            .filter(start -> start.compareTo(boundary) >= 0)
                            .isEmpty())
                    .findFirst();
        }
    }

    /** Has the same keys. It is away until so many digests of the first member have been asked for. */
    private final class Other implements VotingMember {
        private int awayFor;

        @Override
        public NodeId id() {
            return new NodeId("n2");
        }

        @Override
        public boolean isReachable() {
            return member.digests.size() >= awayFor;
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            loop.add(() -> answer.accept(
                    Optional.of(request instanceof Digest digest ? member.digests(digest) : new PassNoted(false))));
        }
    }

    @BeforeEach
    void start() throws IOException {
        DataDirectory directory = DataDirectory.create(new CrashDisk());
        Store.create(directory);
        StoreThreads threads = new StoreThreads(loop::add, loop::add, loop::add, (delayMs, action) -> () -> {}, clock);
        Store store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
            throw failure;
        });
        memory = new PassMemory(store, clock);
        PassOptions options =
                new PassOptions(PassOptions.DEFAULTS.rangeLimits(), TICK_MS, PAUSE_MS, 60_000, 1 << 20, 100);
        new PassDriver(
                        member.id(),
                        () -> members,
                        (key, settled) -> loop.add(settled),
                        memory,
                        options,
                        new PassFigures(),
                        clock,
                        this::after,
                        PassCompanion.NONE,
                        () -> replaySteps)
                .start();
        clock.pass(PAUSE_MS);
    }

    private Timer after(long delayMs, Runnable action) {
        if (delayMs == TICK_MS) {
            ticks.add(action);
        } else if (delayMs == 0) {
            loop.add(action); // nobody is asked
        }
        return () -> {};
    }

    private void tick() {
        ticks.remove(0).run();
    }

    private void runAll() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }

    @Test
    void aPassGoesOverAllRangesAndIsOver() {
        tick();
        runAll();
        assertEquals(2, member.digests.size());
        assertEquals(List.of(1L), member.ended);
    }

    /** It was told to all members as over and verified, and the next one began at the first key. */
    @Test
    void aPassThatAReplayHoldsUpIsNotOverAndGoesOnAfterIt() {
        tick();
        replaySteps++;
        tick();
        runAll();
        for (int held = 0; held < 10; held++) {
            replaySteps++;
            tick();
            runAll();
        }
        assertEquals(1, member.digests.size(), "the range that was under way");
        assertEquals(List.of(0L, 0L, 0L), member.ended, "only asks whether somebody hurries");

        tick();
        runAll();
        assertEquals(2, member.digests.size());
        PassProgress second = member.digests.get(1).pass();
        assertEquals(1, second.number());
        assertEquals(Optional.of(Key.of("m")), second.next());
        assertEquals(1L, member.ended.get(member.ended.size() - 1));
    }

    private List<String> passesAndRanges() {
        return member.digests.stream()
                .map(digest -> digest.pass().number() + " from "
                        + digest.range().start().map(Key::toString).orElse("the first"))
                .toList();
    }

    /** A pass during which a member was away verifies nothing. If the member missed much, every minute counts. */
    @Test
    void aHurriedPassThatCannotVerifyAnythingBeginsAnewWhenAllMembersAreThere() {
        boundaries = List.of(Key.of("g"), Key.of("m"), Key.of("t"));
        other.awayFor = 2;
        members.add(other);
        memory.hurry();
        tick();
        runAll();
        assertEquals(
                List.of(
                        "1 from the first",
                        "1 from " + Key.of("g"),
                        "2 from the first",
                        "2 from " + Key.of("g"),
                        "2 from " + Key.of("m"),
                        "2 from " + Key.of("t")),
                passesAndRanges());
        assertEquals(SlotSet.ALL, memory.state().progress().verified());
    }

    /** Otherwise members that come and go would keep passes from the last keys for ever. */
    @Test
    void aPassThatWasBegunAnewGoesToItsEnd() {
        boundaries = List.of(Key.of("g"), Key.of("m"), Key.of("t"));
        other.awayFor = 2;
        members.add(other);
        memory.hurry();
        tick();
        while (member.digests.size() < 3) {
            loop.remove().run();
        }
        other.awayFor = 4;
        runAll();
        assertEquals(
                List.of("2 from the first", "2 from " + Key.of("g"), "2 from " + Key.of("m"), "2 from " + Key.of("t")),
                passesAndRanges().subList(2, 6));
    }

    @Test
    void aPassThatNobodyWaitsForGoesToItsEnd() {
        boundaries = List.of(Key.of("g"), Key.of("m"), Key.of("t"));
        other.awayFor = 2;
        members.add(other);
        tick();
        runAll();
        assertEquals(4, member.digests.size());
    }
}
