package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.round.Unsettled;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.VotingMember;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.forgetting.ForgettingOptions;
import io.quorate.node.convergence.forgetting.TombstoneForgetting;
import io.quorate.node.replica.state.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Two drivers forget the same key of three replicas at the same time, with different fences, floors and rounds. One of
 * them dies after any number of its messages. What was on its way since before the delete arrives in between.
 */
public final class TwoForgettingDrivers extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final long FLOOR = 1_000;
    private static final int INTERLEAVINGS = 25;
    private static final Record OLD = new Record(new Version(10, 1, 1, 0), Value.of("old"));
    private static final Record TOMBSTONE = new Record(new Version(20, 1, 2, 0), Tombstone.TOMBSTONE);

    @Override
    Optional<String> play(long seed) {
        Random random = new Random(seed);
        return aProposalThatTwoLaterOnesRuledOut(
                        message -> message.request instanceof Forget, "between Confirm and Forget")
                .or(() -> aProposalThatTwoLaterOnesRuledOut(
                        message -> message.request instanceof Confirm confirm
                                && !confirm.promised().equals(Ballot.ZERO),
                        "between both Confirms"))
                .or(TwoForgettingDrivers::aPromiseBetweenConfirmAndForget)
                .or(() -> IntStream.range(0, INTERLEAVINGS)
                        .mapToObj(any -> new Interleaving(random).finding())
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    // ---- a vote that another replica must know of ----

    /**
     * A driver died when one replica had its floor. Under that floor, a proposal to create the key was promised a
     * ballot by the first two replicas, and its ACCEPT to the first one is still on its way. Meanwhile the last two
     * chose another one, under no floor, and its delete. So the first proposal is ruled out, and its client was told
     * so. When the delete is forgotten, the votes that rule it out must not be forgotten before it arrives.
     */
    private static Optional<String> aProposalThatTwoLaterOnesRuledOut(Predicate<Message> before, String when) {
        Members members = new Members();
        members.all(new RaiseFence(FLOOR, 0));
        members.handle(0, new RaiseFloor(FLOOR, SlotSet.ALL)); // and the driver dies
        Ballot ballot = ballot(1);
        List<Promise> promises = List.of(members.prepare(0, ballot), members.prepare(1, ballot));
        Accept late = proposal(ballot, Promise.base(promises).version(), "late");
        Version created = members.choose(ballot(2), "created").version();
        Record deleted = new Record(created.nextStep(), Tombstone.TOMBSTONE, new RequestId(9, 9));
        members.vote(ballot(3), deleted);
        members.all(StoreRequest.repair(KEY, deleted, 0));
        Driver driver = new Driver(members, 0);
        driver.forget();
        members.deliverUntil(before);
        members.handle(0, late);
        members.deliverAll();
        return members.revived(late.proposal().record(), 0, 1)
                .map(finding -> "I9: a proposal arrives " + when + ", and " + finding);
    }

    /**
     * All have confirmed the delete. Then a proposal on it is promised a ballot, and a later one too, which the last
     * two replicas vote for without a record: the condition of a request did not hold. Both come before the key is
     * forgotten, and the first proposal reaches the first replica.
     */
    private static Optional<String> aPromiseBetweenConfirmAndForget() {
        Members members = new Members();
        members.all(new StoreRequest(KEY, TOMBSTONE));
        members.all(new RaiseFence(FLOOR, 0));
        members.all(new RaiseFloor(FLOOR, SlotSet.ALL));
        Driver driver = new Driver(members, 0);
        driver.forget();
        members.deliverUntil(message -> message.request instanceof Forget);
        List<Promise> promises = List.of(members.prepare(0, ballot(4)), members.prepare(1, ballot(4)));
        Accept late = proposal(ballot(4), Promise.base(promises).version(), "late");
        members.vote(ballot(5), TOMBSTONE);
        members.handle(0, late);
        members.deliverAll();
        return members.revived(late.proposal().record(), 0, 1)
                .map(finding -> "I9: a vote after Confirm rules out a proposal, and " + finding);
    }

    private static Ballot ballot(long number) {
        return new Ballot(number, 1, number);
    }

    private static Accept proposal(Ballot ballot, Version base, String value) {
        Record record = new Record(base.nextStep(), Value.of(value), new RequestId(1, ballot.counter()));
        return new Accept(KEY, new Proposal(ballot, record));
    }

    // ---- any order ----

    /** One random order of everything that is on its way. */
    private static final class Interleaving {
        private final Random random;
        private final Members members = new Members();
        private final List<Request> late = new ArrayList<>(List.of(
                new StoreRequest(KEY, OLD),
                StoreRequest.repair(KEY, OLD, 0),
                new Accept(KEY, new Proposal(ballot(1), OLD)),
                new StoreRequest(KEY, TOMBSTONE)));

        Interleaving(Random random) {
            this.random = random;
        }

        Optional<String> finding() {
            members.all(new Prepare(KEY, ballot(1)));
            members.all(new StoreRequest(KEY, OLD));
            members.handle(random.nextInt(Members.COUNT), new Prepare(KEY, ballot(2)));
            members.all(new StoreRequest(KEY, TOMBSTONE));
            Driver lasting = new Driver(members, random.nextInt(1_000));
            Driver dying = new Driver(members, random.nextInt(1_000));
            lasting.pass();
            dying.pass();
            int steps = random.nextInt(60);
            for (int step = 0; members.isBusy() || !late.isEmpty(); step++) {
                if (step == steps) {
                    dying.die();
                }
                step();
            }
            Driver last = new Driver(members, 0);
            for (int pass = 0; pass < 2; pass++) {
                last.pass();
                members.deliverAll();
            }
            return members.holdsAgain(OLD).or(members::lastingFloor).or(members::leftOfDelete);
        }

        private void step() {
            if (!late.isEmpty() && (!members.isBusy() || random.nextInt(10) == 0)) {
                members.handle(random.nextInt(Members.COUNT), late.remove(random.nextInt(late.size())));
            } else {
                members.deliver(random.nextInt(members.onTheWay.size()));
            }
        }
    }

    // ---- replicas and drivers ----

    /** A request of a driver to a replica, or the end of a driver's patience. */
    private static final class Message {
        private final Request request;
        private final Runnable delivery;

        Message(Request request, Runnable delivery) {
            this.request = request;
            this.delivery = delivery;
        }
    }

    /** Three replicas, and what is on its way to them. */
    private static final class Members {
        static final int COUNT = 3;

        private final List<LoneReplica> replicas =
                IntStream.range(0, COUNT).mapToObj(any -> new LoneReplica()).toList();
        private final List<Message> onTheWay = new ArrayList<>();

        Reply handle(int place, Request request) {
            return replicas.get(place).handle(request);
        }

        void all(Request request) {
            replicas.forEach(replica -> replica.handle(request));
        }

        Promise prepare(int place, Ballot ballot) {
            return (Promise) handle(place, new Prepare(KEY, ballot));
        }

        /** The last two replicas choose a record on what they hold. */
        Record choose(Ballot ballot, String value) {
            List<Promise> promises = List.of(prepare(1, ballot), prepare(2, ballot));
            Record chosen = proposal(ballot, Promise.base(promises).version(), value)
                    .proposal()
                    .record();
            accept(ballot, chosen);
            all(StoreRequest.repair(KEY, chosen, 0));
            return chosen;
        }

        /** The last two replicas prepare, and vote for the record. */
        void vote(Ballot ballot, Record record) {
            prepare(1, ballot);
            prepare(2, ballot);
            accept(ballot, record);
        }

        private void accept(Ballot ballot, Record record) {
            List.of(1, 2).forEach(place -> handle(place, new Accept(KEY, new Proposal(ballot, record))));
        }

        boolean isBusy() {
            return !onTheWay.isEmpty();
        }

        void deliver(int place) {
            onTheWay.remove(place).delivery.run();
        }

        void deliverUntil(Predicate<Message> next) {
            while (isBusy() && !next.test(onTheWay.get(0))) {
                deliver(0);
            }
            if (!isBusy()) {
                throw new IllegalStateException("the driver does not come that far");
            }
        }

        void deliverAll() {
            while (isBusy()) {
                deliver(0);
            }
        }

        /** What a proposer finds among the promises of two replicas, if it has to finish the proposal. */
        Optional<String> revived(Record ruledOut, int one, int other) {
            Ballot ballot = ballot(100);
            return Unsettled.among(List.of(prepare(one, ballot), prepare(other, ballot)))
                    .filter(proposal -> proposal.record().equals(ruledOut))
                    .map(proposal -> "it is to be finished, although a later ballot was voted for: " + proposal);
        }

        Optional<String> holdsAgain(Record deleted) {
            return replicas.stream()
                    .map(replica -> ((RecordReply) replica.handle(new Query(KEY, true))))
                    .filter(reply ->
                            reply.record().equals(deleted) || reply.accepted().isPresent())
                    .findFirst()
                    .map(reply -> "I12: a deleted value is back: " + reply);
        }

        /** Whether some floor is above some fence. */
        Optional<String> lastingFloor() {
            long floor = replicas.stream()
                    .mapToLong(replica -> replica.states().ages().highestFloor())
                    .max()
                    .orElseThrow();
            return replicas.stream()
                    .map(replica -> replica.states().ages().fence())
                    .filter(fence -> fence < floor)
                    .findFirst()
                    .map(fence -> "I11: a replica has floor " + floor + ", and another one has fence " + fence);
        }

        Optional<String> leftOfDelete() {
            return replicas.stream()
                    .map(replica -> replica.states().readRegisterFirst(KEY))
                    .filter(state -> !isForgotten(state))
                    .findFirst()
                    .map(state -> "Forgetting deletes: two more passes, and a replica holds " + state);
        }

        private static boolean isForgotten(KeyState state) {
            return state.isAbsent() && state.acceptor().isEmpty();
        }
    }

    /** A driver of forgetting. What is on its way when it dies still arrives. */
    private static final class Driver implements Peers {
        private static final long ANSWER_TIMEOUT_MS = 1_000_000;

        private final Members members;
        private final TombstoneForgetting forgetting;
        private final List<PassPeer> peers;
        private boolean dead;

        Driver(Members members, long quietMs) {
            this.members = members;
            this.peers = IntStream.range(0, Members.COUNT)
                    .<PassPeer>mapToObj(place -> new Member(place))
                    .toList();
            this.forgetting = new TombstoneForgetting(
                    this,
                    new ForgettingOptions(() -> true, quietMs, ANSWER_TIMEOUT_MS),
                    this::after,
                    SystemClock.INSTANCE,
                    new ForgettingFigures(SystemClock.INSTANCE));
        }

        /** No message is lost, so patience ends only where nobody is asked. Pauses are over at once. */
        private Timer after(long delayMs, Runnable action) {
            if (delayMs < ANSWER_TIMEOUT_MS) {
                action.run();
            }
            return () -> {};
        }

        /** A pass of one range in which all replicas agree. */
        void pass() {
            forgetting.begin(fence -> {
                PassProgress pass = PassProgress.begin(1, 1, fence);
                forgetting.verified(KeyRange.ALL, SlotSet.ALL, () -> forgetting.complete(pass, this::forget));
            });
        }

        /** One round. */
        void forget() {
            forgetting.verified(KeyRange.ALL, SlotSet.ALL, () -> {});
        }

        void die() {
            dead = true;
        }

        @Override
        public List<PassPeer> all() {
            return peers;
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
            public void ask(Request request, Consumer<Optional<Reply>> answer) {
                members.onTheWay.add(new Message(request, () -> {
                    Reply reply = members.handle(place, request);
                    if (!dead) {
                        answer.accept(Optional.of(reply));
                    }
                }));
            }
        }
    }
}
