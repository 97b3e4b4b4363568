package io.quorate.node.convergence.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.Raised;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.StandingClock;
import io.quorate.node.convergence.antientropy.VotingMember;
import io.quorate.node.convergence.forgetting.ForgettingFigures.ClockBehind;
import io.quorate.node.convergence.forgetting.ForgettingFigures.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TombstoneForgettingTest {
    private static final Version TOMBSTONE = new Version(20, 1, 2, 0);
    private static final long FLOOR = 1_000;

    private static final long ANSWER_TIMEOUT_MS = 100_000;

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<Long> pausesMs = new ArrayList<>();
    private long answerTakesMs;

    private final StandingClock clock = new StandingClock();
    private final ForgettingFigures figures = new ForgettingFigures(SystemClock.INSTANCE);
    private int ended;

    /** A member with tombstones. Of any other key it holds a value. */
    private final class Holder implements VotingMember {
        private final String name;
        private final Set<Key> tombstones = new TreeSet<>();
        private final Set<Key> asked = new TreeSet<>();
        private int forgetsUntilItIsGone = Integer.MAX_VALUE;
        private long wallMs = 1_700_000_000_000L;
        private long fence;

        Holder(String name, IntStream tombstones) {
            this.name = name;
            tombstones.mapToObj(TombstoneForgettingTest::key).forEach(this.tombstones::add);
        }

        @Override
        public NodeId id() {
            return new NodeId(name);
        }

        @Override
        public boolean isReachable() {
            return forgetsUntilItIsGone > 0;
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            clock.pass(answerTakesMs);
            Reply reply = reply(request);
            loop.add(() -> answer.accept(Optional.of(reply)));
        }

        private Reply reply(Request request) {
            if (request instanceof ListDeleted list) {
                return new Deleted(tombstones.stream()
                        .filter(list.range()::contains)
                        .limit(Deleted.ENTRIES_MAX)
                        .map(key -> new DeletedKey(key, TOMBSTONE, FLOOR))
                        .toList());
            } else if (request instanceof Confirm confirm) {
                asked.addAll(confirm.keys());
                return new Confirmed(confirm.keys().stream().map(this::state).toList(), Ballot.ZERO, 1);
            } else if (request instanceof Forget forget) {
                forgetsUntilItIsGone--;
                forget.keys().forEach(each -> tombstones.remove(each.key()));
                return new ForgettingDone(forget.keys().size());
            }
            if (request instanceof ForgettingQuery) {
                return new ForgettingNumbers(0, fence, wallMs);
            } else if (request instanceof RaiseFence) {
                return new Raised();
            }
            throw new AssertionError(request);
        }

        private DeletionState state(Key key) {
            return tombstones.contains(key) ? new DeletionState(Kind.TOMBSTONE, TOMBSTONE) : DeletionState.OTHER;
        }
    }

    private static Key key(int number) {
        return Key.of("k%07d".formatted(number));
    }

    private TombstoneForgetting forgetting(int listedKeysMax, int roundKeysMax, Holder... holders) {
        return new TombstoneForgetting(
                () -> List.of(holders),
                new ForgettingOptions(() -> true, 0, ANSWER_TIMEOUT_MS, listedKeysMax, roundKeysMax),
                this::after,
                clock,
                figures);
    }

    /** No answer is late, and pauses are over at once. */
    private Timer after(long delayMs, Runnable action) {
        if (delayMs < ANSWER_TIMEOUT_MS) {
            pausesMs.add(delayMs);
            loop.add(action);
        }
        return () -> {};
    }

    private void runAll() {
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }

    private void forget(int roundKeysMax, Holder... holders) {
        forget(roundKeysMax, roundKeysMax, holders);
    }

    private void forget(int listedKeysMax, int roundKeysMax, Holder... holders) {
        forgetting(listedKeysMax, roundKeysMax, holders).verified(KeyRange.ALL, SlotSet.ALL, () -> ended++);
        runAll();
        assertEquals(1, ended, "the pass goes on, once");
    }

    @Test
    void aRangeWithMoreDeletesThanARoundIsForgottenInOnePass() {
        Holder[] holders = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new Holder("n" + i, IntStream.range(0, 2_500)))
                .toArray(Holder[]::new);
        forget(Deleted.ENTRIES_MAX, holders);
        for (Holder each : holders) {
            assertTrue(each.tombstones.isEmpty(), () -> each.name + " holds " + each.tombstones.size());
        }
    }

    /** All members write each key, and clients wait for the same disks. */
    @Test
    void eachRoundIsFollowedByARestThatIsAsLong() {
        answerTakesMs = 7;
        forget(15, 5, new Holder("n1", IntStream.range(0, 15)));
        assertEquals(List.of(22L, 22L, 22L), pausesMs, "as long as two confirmations and the end, and one more");
    }

    @Test
    void aMissingAnswerMakesNoLongRest() {
        answerTakesMs = 30_000;
        forget(10, 5, new Holder("n1", IntStream.range(0, 10)));
        assertEquals(List.of(1_001L, 1_001L), pausesMs);
    }

    @Test
    void aRangeWithAsManyDeletesAsARoundEnds() {
        Holder one = new Holder("n1", IntStream.range(0, 10));
        forget(5, one);
        assertTrue(one.tombstones.isEmpty());
    }

    /** A member lists its first ones only, and another one has more keys before these. */
    @Test
    void noKeyIsLeftOutBetweenTwoRounds() {
        Holder low = new Holder("n1", IntStream.range(0, 2_500));
        Holder high = new Holder("n2", IntStream.range(0, 5_000).filter(i -> i % 2 == 1));
        forget(Deleted.ENTRIES_MAX, low, high);
        Set<Key> either = new TreeSet<>();
        IntStream.range(0, 2_500).mapToObj(TombstoneForgettingTest::key).forEach(either::add);
        IntStream.range(0, 5_000)
                .filter(i -> i % 2 == 1)
                .mapToObj(TombstoneForgettingTest::key)
                .forEach(either::add);
        either.removeAll(low.asked);
        assertEquals(Set.of(), either, "nobody was asked about these");
        assertEquals(1_250, low.tombstones.size(), "the other one does not hold these");
    }

    @Test
    void aRoundInWhichNothingIsAgreedIsNotTheLast() {
        Holder holder = new Holder("n1", IntStream.range(0, 6));
        Holder other = new Holder("n2", IntStream.range(4, 6));
        forget(2, holder, other);
        assertEquals(Set.of(key(0), key(1), key(2), key(3)), holder.tombstones);
        assertTrue(other.tombstones.isEmpty());
    }

    @Test
    void aMemberWhoseClockIsFarBehindIsNamed() {
        Holder right = new Holder("n1", IntStream.empty());
        Holder behind = new Holder("n2", IntStream.empty());
        Holder late = new Holder("n3", IntStream.empty());
        behind.wallMs = right.wallMs - 3_600_000;
        late.wallMs = right.wallMs - 1_000;
        TombstoneForgetting forgetting = forgetting(1, 1, right, behind, late);
        forgetting.begin(fence -> {});
        runAll();
        assertEquals(Set.of(behind.id()), figures.clocksBehind(0).keySet());
        assertEquals(3_599_000, figures.clocksBehind(0).get(behind.id()).behindMs());

        assertEquals(Map.of(), figures.clocksBehind(Long.MAX_VALUE), "another node has asked since");

        behind.wallMs = right.wallMs;
        forgetting.begin(fence -> {});
        runAll();
        assertEquals(Set.of(), figures.clocksBehind(0).keySet());
    }

    /** Nothing else would say why deletes wait. */
    @Test
    void aClockThatWasSetBackBehindWhatWasForgottenIsNamed() {
        Holder one = new Holder("n1", IntStream.empty());
        TombstoneForgetting forgetting = forgetting(1, 1, one);
        one.fence = HybridClock.timestampOf(one.wallMs + 3_600_000);
        forgetting.begin(fence -> {});
        runAll();
        assertEquals(Map.of(one.id(), new ClockBehind(Reference.ITS_FENCE, 3_600_000, 0)), figures.clocksBehind(0));

        one.wallMs += 3_600_000;
        forgetting.begin(fence -> {});
        runAll();
        assertEquals(Map.of(), figures.clocksBehind(0));
    }

    @Test
    void aMemberThatIsGoneEndsTheRounds() {
        Holder stays = new Holder("n1", IntStream.range(0, 6));
        Holder goes = new Holder("n2", IntStream.range(0, 6));
        goes.forgetsUntilItIsGone = 1;
        forget(2, stays, goes);
        assertEquals(4, stays.tombstones.size(), "only all members together forget");
    }
}
