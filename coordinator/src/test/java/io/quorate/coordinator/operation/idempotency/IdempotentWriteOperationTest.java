package io.quorate.coordinator.operation.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quorate.common.loop.ValueSizes;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.Outcome.Unknown;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.RequestedWrite;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.round.HedgeBudget;
import io.quorate.coordinator.round.RoundContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outcomes that an attempt may report after its ACCEPT was sent. Three replicas answer as the test says. */
class IdempotentWriteOperationTest {
    private static final long TIMEOUT_MS = 1_000;
    private static final RequestId REQUEST = new RequestId(7, 7);
    private static final long FINGERPRINT = 5;
    private static final Record BASE = new Record(new Version(10, 0, 0, 0), Value.of("base"));
    private static final Rejected BUSY = new Rejected(Rejected.RejectionCause.OVERLOADED, "busy");

    private final List<ScriptedReplica> replicas =
            List.of(new ScriptedReplica("n1"), new ScriptedReplica("n2"), new ScriptedReplica("n3"));
    private final ScriptedReplica n1 = replicas.get(0);
    private final ScriptedReplica n2 = replicas.get(1);
    private final ScriptedReplica n3 = replicas.get(2);
    private final Timers timers = new Timers();
    private Outcome outcome;

    /** Time stands still. A test runs the tasks that wait for it. */
    private static final class Timers implements Clock, Scheduler {
        private final List<Waiting> waiting = new ArrayList<>();

        private record Waiting(long delayMs, Runnable action) {}

        @Override
        public long wallMs() {
            return 1_000_000;
        }

        @Override
        public long monotonicNs() {
            return 1;
        }

        @Override
        public Timer after(long delayMs, Runnable action) {
            Waiting added = new Waiting(delayMs, action);
            waiting.add(added);
            return () -> waiting.remove(added);
        }

        void run(boolean deadline) {
            List<Waiting> due = waiting.stream()
                    .filter(each -> each.delayMs() == TIMEOUT_MS == deadline)
                    .toList();
            waiting.removeAll(due);
            due.forEach(each -> each.action().run());
        }
    }

    @BeforeEach
    void begin() {
        RoundContext context = new RoundContext(
                timers,
                timers,
                new ClusterTime(new PeerClocks(timers, replicas)),
                new HedgeBudget(),
                new ValueSizes(),
                new RepairCounts(),
                new Random(1));
        new IdempotentWriteOperation(
                        new OperationContext(
                                context,
                                new NodeId("n1"),
                                List.copyOf(replicas),
                                new int[] {0, 1, 2},
                                new QuorumSizes(3)),
                        new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS),
                        new RequestedWrite(Key.of("k"), Value.of("once"), Optional.empty()),
                        new IdempotentRequest(REQUEST, FINGERPRINT, 1_000_000),
                        new VersionMint(new HybridClock(timers, 500), () -> Long.MAX_VALUE, 1),
                        new ProposerQueues(),
                        ended -> outcome = ended)
                .start();
    }

    private static Promise shows(RequestTrace trace) {
        return new Promise(BASE, Optional.empty(), Ballot.ZERO, trace);
    }

    private static Promise nothing() {
        return shows(RequestTrace.NONE);
    }

    /** Another write with the same key, and another body, was stored. */
    private static Promise anotherBody() {
        Receipt receipt = new Receipt(FINGERPRINT + 1, false, Long.MAX_VALUE);
        return shows(RequestTrace.NONE.stored(RequestResult.refused(BASE.version(), receipt)));
    }

    /** An ACCEPT is nacked, as the replica has promised a higher ballot. */
    private static Reply preempted(Ballot ballot) {
        return new Preempted(new Ballot(ballot.timestamp() + 1, 1, 1));
    }

    private void promise(ScriptedReplica... promising) {
        for (ScriptedReplica replica : promising) {
            replica.next(Prepare.class);
            replica.reply(nothing());
        }
    }

    private void preemptAccepts(ScriptedReplica... preempting) {
        for (ScriptedReplica replica : preempting) {
            replica.reply(preempted(replica.next(Accept.class).proposal().ballot()));
        }
    }

    /** n1 and n2 promise and then nack. n3 is lost with its ACCEPT, and may have taken it. The next attempt begins. */
    private void getAcceptedByOneAtMost() {
        promise(n3, n1, n2);
        preemptAccepts(n1, n2);
        n3.lose();
        assertNull(outcome);
        timers.run(false);
    }

    @Test
    void aProposalThatOneReplicaMayHaveIsUnknownAlthoughNoPromiseShowsIt() {
        getAcceptedByOneAtMost();
        promise(n1, n2);
        preemptAccepts(n1, n2);
        n3.lose();
        n3.reply(BUSY);
        timers.run(false);
        n1.reply(BUSY);
        n2.reply(BUSY);
        n3.reply(BUSY);
        assertInstanceOf(Unknown.class, outcome);
    }

    @Test
    void aProposalThatOneReplicaMayHaveIsUnknownWhenContentionGoesOnToTheDeadline() {
        getAcceptedByOneAtMost();
        n3.lose();
        promise(n1, n2);
        preemptAccepts(n1, n2);
        n3.reply(BUSY);
        timers.run(true);
        assertInstanceOf(Unknown.class, outcome);
    }

    @Test
    void aReusedKeyIsUnknownWhileAProposalOfThisAttemptMayBeAccepted() {
        getAcceptedByOneAtMost();
        n1.reply(anotherBody());
        n2.reply(nothing());
        assertInstanceOf(Unknown.class, outcome);
    }

    @Test
    void aReusedKeyIsRefusedIfNothingWasSent() {
        n1.reply(anotherBody());
        n2.reply(nothing());
        assertEquals(
                RefusalReason.KEY_REUSED,
                assertInstanceOf(Refused.class, outcome).reason());
    }

    @Test
    void promisesOfAllReplicasProveThatNothingWasAccepted() {
        getAcceptedByOneAtMost();
        promise(n1, n3);
        promise(n2);
        preemptAccepts(n1, n2, n3);
        timers.run(true);
        assertEquals(
                RefusalReason.CONTENTION,
                assertInstanceOf(Refused.class, outcome).reason());
    }

    @Test
    void aPromiseThatShowsTheVoteProvesNothing() {
        getAcceptedByOneAtMost();
        promise(n1, n2);
        Accept accept = n1.next(Accept.class);
        n3.reply(shows(new RequestTrace(Optional.empty(), List.of(), false)));
        preemptAccepts(n1, n2, n3);
        timers.run(true);
        assertInstanceOf(Unknown.class, outcome, accept::toString);
    }

    @Test
    void aProposalThatEveryReplicaNackedIsRefused() {
        promise(n1, n2, n3);
        preemptAccepts(n1, n2, n3);
        timers.run(true);
        assertEquals(
                RefusalReason.CONTENTION,
                assertInstanceOf(Refused.class, outcome).reason());
    }

    @Test
    void aProposalThatAMajorityAcceptedIsApplied() {
        promise(n1, n2, n3);
        n1.reply(new Accepted());
        n3.reply(new Accepted());
        assertEquals(
                BASE.version().nextStep(),
                assertInstanceOf(Applied.class, outcome).version());
    }

    /** After the retention, the same idempotency key stands for another write. */
    @Test
    void aForgottenProposalWithTheSameKeyIsFinishedAndIsNotTheAnswer() {
        Receipt forgotten = new Receipt(FINGERPRINT + 1, false, 999_999);
        Record old = new Record(BASE.version().nextStep(), Value.of("old"), REQUEST, Optional.of(forgotten));
        Proposal left = new Proposal(new Ballot(1, 1, 1), old);
        n1.reply(new Promise(BASE, Optional.of(left), left.ballot(), RequestTrace.NONE));
        n2.reply(nothing());
        n3.reply(BUSY);
        for (ScriptedReplica replica : List.of(n1, n2)) {
            assertEquals(old, replica.next(Accept.class).proposal().record());
            replica.reply(new Accepted());
        }
        n3.reply(BUSY);
        assertNull(outcome, "the old write is no answer");
        for (ScriptedReplica replica : List.of(n1, n2)) {
            replica.reply(new Stored());
            replica.next(Prepare.class);
            replica.reply(new Promise(old, Optional.empty(), left.ballot(), RequestTrace.NONE));
        }
        for (ScriptedReplica replica : List.of(n1, n2)) {
            assertEquals(
                    Value.of("once"),
                    replica.next(Accept.class).proposal().record().content());
            replica.reply(new Accepted());
        }
        assertEquals(
                old.version().nextStep(),
                assertInstanceOf(Applied.class, outcome).version());
    }
}
