package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Version;
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
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Raised;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.VotingMember;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.forgetting.ForgettingOptions;
import io.quorate.node.convergence.forgetting.TombstoneForgetting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The driver of forgetting before three members, each of which says what it is told to say. */
public final class ForgettingDrivenByOne extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final Version TOMBSTONE = new Version(20, 1, 2, 0);
    private static final long FLOOR = 1_000;
    private static final Ballot HIGHEST = new Ballot(30, 1, 1);

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        all();
        oneThatDoesNotConfirm();
        oneThatHoldsNothing();
        oneWithAProposal();
        oneThatIsAway();
        oneThatReturns();
        oneThatDoesNotRaiseItsFence();
        aSlotThatIsNotCompared();
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    /** All three hold the tombstone. Ages and promises differ. */
    private void all() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4)));
        Optional<Forget> forget = members.round();
        require(
                forget.filter(each -> each.round() == 6).isPresent(),
                "I12: a round is not above each age at its confirmation: " + forget);
        require(
                forget.filter(each -> each.promised().equals(HIGHEST)).isPresent(),
                "I5: a round does not carry the highest promise: " + forget);
    }

    private static Optional<Confirmed> confirmed(long age) {
        return confirmed(age, new DeletionState(Kind.TOMBSTONE, TOMBSTONE));
    }

    private static Optional<Confirmed> confirmed(long age, DeletionState state) {
        return Optional.of(new Confirmed(List.of(state), age == 3 ? HIGHEST : Ballot.ZERO, age));
    }

    private void oneThatDoesNotConfirm() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), Optional.empty()));
        require(members.round().isEmpty(), "I11: two of three have confirmed, and are asked to forget");
    }

    private void oneThatHoldsNothing() {
        DeletionState nothing = new DeletionState(Kind.ABSENT, Version.ZERO);
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4, nothing)));
        require(members.round().isEmpty(), "I11: one of three holds no tombstone, and all are asked to forget");
    }

    private void oneWithAProposal() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4, DeletionState.OTHER)));
        require(members.round().isEmpty(), "I7: one of three has a value, and all are asked to forget");
        DeletionState nothing = new DeletionState(Kind.ABSENT, Version.ZERO);
        members = new Members(List.of(confirmed(3, nothing), confirmed(5, nothing), confirmed(4, DeletionState.OTHER)));
        require(members.round().isEmpty(), "I7: one of three has accepted a proposal, and all are asked to forget");
    }

    private void oneThatIsAway() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), Optional.empty()));
        members.away = 2;
        require(members.begin() == 0, "I11: a pass has a fence, and one member is away at its begin");
    }

    /** It was away when the pass began, and is back at its end. */
    private void oneThatReturns() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4)));
        members.away = 2;
        long fence = members.begin();
        members.away = -1;
        members.complete(PassProgress.begin(1, 1, fence).complete(SlotSet.NONE));
        require(
                members.asked(RaiseFloor.class).findAny().isEmpty(),
                "I11: a slot gets a floor in the pass in which a member returned");
    }

    private void oneThatDoesNotRaiseItsFence() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4)));
        members.raisesNothing = 2;
        require(members.begin() == 0, "I11: a pass has a fence that one member has not raised");
    }

    /** The members differ there, or one of them did not answer. */
    private void aSlotThatIsNotCompared() {
        Members members = new Members(List.of(confirmed(3), confirmed(5), confirmed(4)));
        SlotSet differ = SlotSet.of(IntStream.of(Slots.of(KEY)));
        members.complete(PassProgress.begin(1, 1, FLOOR).complete(differ));
        require(
                members.asked(RaiseFloor.class).allMatch(raise -> raise.slots().equals(SlotSet.ALL.without(differ))),
                "I11: a slot gets a floor, and its digests were not equal");
        require(
                members.asked(RaiseFloor.class).count() == 3,
                "Forgetting deletes: the slots that were compared get no floor");
    }

    private static final class Members implements Peers {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final List<Request> asked = new ArrayList<>();
        private final List<Optional<Confirmed>> confirmations;
        private final List<PassPeer> peers =
                IntStream.range(0, 3).<PassPeer>mapToObj(Member::new).toList();
        private final TombstoneForgetting forgetting = new TombstoneForgetting(
                this,
                new ForgettingOptions(() -> true, 0, 1_000),
                (delayMs, action) -> () -> {},
                SystemClock.INSTANCE,
                new ForgettingFigures(SystemClock.INSTANCE));
        private int away = -1;
        private int raisesNothing = -1;

        Members(List<Optional<Confirmed>> confirmations) {
            this.confirmations = confirmations;
        }

        private void settle() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        Optional<Forget> round() {
            forgetting.verified(KeyRange.ALL, SlotSet.ALL, () -> {});
            settle();
            return asked(Forget.class).findFirst();
        }

        long begin() {
            long[] fence = {-1};
            forgetting.begin(begun -> fence[0] = begun);
            settle();
            return fence[0];
        }

        void complete(PassProgress pass) {
            forgetting.complete(pass, () -> {});
            settle();
        }

        <R extends Request> Stream<R> asked(Class<R> type) {
            return asked.stream().filter(type::isInstance).map(type::cast);
        }

        @Override
        public List<PassPeer> all() {
            return peers;
        }

        private Optional<Reply> reply(int place, Request request) {
            if (request instanceof ForgettingQuery) {
                return Optional.of(new ForgettingNumbers(place, 0, 1_000 + place));
            } else if (request instanceof ListDeleted) {
                return Optional.of(new Deleted(List.of(new DeletedKey(KEY, TOMBSTONE, FLOOR))));
            } else if (request instanceof Confirm) {
                return confirmations.get(place).map(Reply.class::cast);
            } else if (request instanceof Forget) {
                return Optional.of(new ForgettingDone(1));
            } else if (request instanceof RaiseFence || request instanceof RaiseFloor) {
                return Optional.<Reply>of(new Raised()).filter(raised -> place != raisesNothing);
            }
            throw new AssertionError(request);
        }

        private final class Member implements VotingMember {
            private final int place;

            Member(int place) {
                this.place = place;
            }

            @Override
            public NodeId id() {
                return new NodeId("n" + (place + 1));
            }

            @Override
            public boolean isReachable() {
                return place != away;
            }

            @Override
            public void ask(Request request, Consumer<Optional<Reply>> answer) {
                asked.add(request);
                Optional<Reply> reply = reply(place, request);
                tasks.add(() -> answer.accept(reply)); // with nothing if the connection broke
            }
        }
    }
}
