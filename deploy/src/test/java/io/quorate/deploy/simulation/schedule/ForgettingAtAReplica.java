package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One replica, message by message: it has a value and a tombstone above it, and forgets them. Then messages arrive that
 * were on their way all the time.
 */
public final class ForgettingAtAReplica extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final long FENCE = 1_000;
    private static final Record VALUE = new Record(new Version(10, 1, 1, 0), Value.of("old"));
    private static final Record TOMBSTONE = new Record(new Version(20, 1, 2, 0), Tombstone.TOMBSTONE);
    private static final Ballot EARLY = new Ballot(5, 1, 1);
    private static final Ballot MIDDLE = new Ballot(30, 1, 1);
    private static final Ballot LATE = new Ballot(40, 1, 1);

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        aWriterBelowTheFence();
        aLateWriterAfterTheFence();
        aRepairOfOldEvidence();
        aRepairOfNewEvidence();
        aBallotThatTheReplicaNeverMet();
        aPromiseAfterTheConfirmation();
        aConfirmationUnderAFloorOfBallots();
        aConditionalDeleteAfterTheFloor();
        aProposalOnAnOldKey();
        aFloorAboveTheFence();
        aFloorThatCameWithTheRound();
        anAcceptor();
        aProposalAboveTheTombstone();
        aDemandedAge();
        anAgeOnItsWayToTheDisk();
        aStoreBehindTheFenceInTheLog();
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    /** The replica holds the tombstone, and all agreed on it. */
    private static LoneReplica deleted() {
        LoneReplica replica = new LoneReplica();
        replica.handle(new StoreRequest(KEY, VALUE));
        replica.handle(new StoreRequest(KEY, TOMBSTONE));
        replica.handle(new RaiseFence(FENCE, 0));
        replica.handle(new RaiseFloor(FENCE, SlotSet.ALL));
        return replica;
    }

    private static Forget forget(long round, Ballot promised) {
        return new Forget(round, promised, List.of(new DeletedKey(KEY, TOMBSTONE.version(), FENCE)));
    }

    private static LoneReplica forgotten() {
        LoneReplica replica = deleted();
        replica.handle(forget(1, EARLY));
        return replica;
    }

    private static Record shown(LoneReplica replica) {
        return ((RecordReply) replica.handle(new Query(KEY, true))).record();
    }

    private void aWriterBelowTheFence() {
        LoneReplica replica = deleted();
        Reply own = replica.handle(new StoreRequest(KEY, TOMBSTONE));
        require(own instanceof Stored, "I11: the register stems from a write, whose writer is answered " + own);
        Reply late = replica.handle(new StoreRequest(KEY, VALUE));
        require(late instanceof Fenced, "I11: a writer below the fence is answered " + late);
    }

    private void aLateWriterAfterTheFence() {
        LoneReplica replica = forgotten();
        Reply late = replica.handle(new StoreRequest(KEY, new Record(new Version(900, 1, 1, 0), Value.of("late"))));
        require(late instanceof Fenced, "I11: a writer below the fence of an absent key is answered " + late);
    }

    private void aRepairOfOldEvidence() {
        LoneReplica replica = forgotten();
        Reply repair = replica.handle(StoreRequest.repair(KEY, VALUE, 0));
        require(repair instanceof Outdated, "I12: a repair from before the forgetting is answered " + repair);
        require(shown(replica).equals(Record.NEVER_WRITTEN), "I12: a forgotten key shows " + shown(replica));
    }

    private void aRepairOfNewEvidence() {
        LoneReplica replica = forgotten();
        Record chosen = new Record(new Version(25, 1, 1, 1), Value.of("chosen late"), new RequestId(1, 1));
        Reply repair = replica.handle(StoreRequest.repair(KEY, chosen, 1));
        require(repair instanceof Stored, "Forgetting deletes: a repair of new evidence is answered " + repair);
        require(shown(replica).equals(chosen), "Forgetting deletes: a repaired key shows " + shown(replica));
    }

    private void aBallotThatTheReplicaNeverMet() {
        LoneReplica replica = deleted();
        replica.handle(forget(1, MIDDLE));
        for (Ballot ballot : List.of(EARLY, MIDDLE)) {
            Reply vote = replica.handle(new Accept(KEY, new Proposal(ballot, VALUE)));
            require(vote instanceof Preempted, "I5: below the floor of ballots, a proposal is answered " + vote);
        }
        Reply promise = replica.handle(new Prepare(KEY, MIDDLE));
        require(promise instanceof Preempted, "I5: the floor of ballots itself is promised: " + promise);
        Record next = new Record(new Version(FENCE, ~0L, 0, 1), Value.of("new"), new RequestId(1, 1));
        Reply vote = replica.handle(new Accept(KEY, new Proposal(LATE, next)));
        require(vote instanceof Accepted, "Forgetting deletes: a ballot above the floor is answered " + vote);
    }

    private void aPromiseAfterTheConfirmation() {
        LoneReplica replica = deleted();
        replica.handle(new Prepare(KEY, EARLY));
        replica.handle(new Prepare(KEY, LATE));
        replica.handle(forget(1, EARLY));
        require(
                shown(replica).equals(TOMBSTONE),
                "Forgetting deletes: a replica promised more than all confirmed, and forgets the key");
        Reply vote = replica.handle(new Accept(KEY, new Proposal(MIDDLE, VALUE)));
        require(vote instanceof Preempted, "I5: below its own promise, a replica answers a proposal with " + vote);
    }

    /** The replica has promised less than the floor of ballots that it raised to confirm. */
    private void aConfirmationUnderAFloorOfBallots() {
        LoneReplica replica = deleted();
        replica.handle(new Prepare(KEY, EARLY));
        Confirmed confirmed = (Confirmed) replica.handle(new Confirm(List.of(KEY), MIDDLE));
        require(
                confirmed.promised().equals(MIDDLE),
                "I5: a replica confirms under a floor of ballots, and shows " + confirmed);
        Reply vote = replica.handle(new Accept(KEY, new Proposal(EARLY, VALUE)));
        require(vote instanceof Preempted, "I5: below the floor of ballots, a proposal is answered " + vote);
    }

    /** Its version is that of a value from long ago, and it is as old as its ballot. */
    private void aConditionalDeleteAfterTheFloor() {
        LoneReplica replica = deleted();
        replica.handle(new Prepare(KEY, LATE));
        require(isConfirmed(replica), "Forgetting deletes: an old conditional delete is not confirmed");
        replica.handle(new Prepare(KEY, new Ballot(FENCE + 1, 1, 1)));
        require(!isConfirmed(replica), "Forgetting deletes: a conditional delete from after the floor is confirmed");
    }

    private static boolean isConfirmed(LoneReplica replica) {
        Confirmed confirmed = (Confirmed) replica.handle(new Confirm(List.of(KEY), Ballot.ZERO));
        return confirmed.states().equals(List.of(new DeletionState(Kind.TOMBSTONE, TOMBSTONE.version())));
    }

    /** A conditional write has the instant of its base. So most of them are below the fence. */
    private void aProposalOnAnOldKey() {
        LoneReplica replica = deleted();
        replica.handle(new Prepare(KEY, MIDDLE));
        Record next = new Record(TOMBSTONE.version().nextStep(), Value.of("new"), new RequestId(1, 1));
        Reply vote = replica.handle(new Accept(KEY, new Proposal(MIDDLE, next)));
        require(
                vote instanceof Accepted,
                "Forgetting deletes: a proposal on a key that was written before the fence is answered " + vote);
    }

    /** Not all members had the fence when they were compared. */
    private void aFloorAboveTheFence() {
        LoneReplica replica = deleted();
        Reply raised = replica.handle(new RaiseFloor(FENCE + 1, SlotSet.ALL));
        require(raised instanceof Rejected, "I11: a floor above the fence is answered " + raised);
        Forget forget = new Forget(1, EARLY, List.of(new DeletedKey(KEY, TOMBSTONE.version(), FENCE + 1)));
        Reply forgotten = replica.handle(forget);
        require(forgotten instanceof Rejected, "I11: a round with a floor above the fence is answered " + forgotten);
    }

    /** The driver died before this replica was asked to raise its floor. Another one learned the floor elsewhere. */
    private void aFloorThatCameWithTheRound() {
        LoneReplica replica = new LoneReplica();
        replica.handle(new StoreRequest(KEY, TOMBSTONE));
        replica.handle(new RaiseFence(FENCE, 0));
        replica.handle(forget(1, EARLY));
        Reply repair = replica.handle(StoreRequest.repair(KEY, VALUE, 0));
        require(
                repair instanceof Outdated,
                "I12: a replica forgot a key without its floor. A repair from before is answered " + repair);
    }

    private void anAcceptor() {
        LoneReplica replica = deleted();
        replica.handle(new Prepare(KEY, EARLY));
        replica.handle(forget(1, EARLY));
        require(
                replica.states().readRegisterFirst(KEY).acceptor().isEmpty(),
                "Forgetting deletes: the register is forgotten, and the acceptor is left");
    }

    private void aProposalAboveTheTombstone() {
        LoneReplica replica = deleted();
        Record next = new Record(TOMBSTONE.version().nextStep(), Value.of("new"), new RequestId(1, 1));
        replica.handle(new Accept(KEY, new Proposal(MIDDLE, next)));
        replica.handle(forget(1, MIDDLE));
        RecordReply reply = (RecordReply) replica.handle(new Query(KEY, true));
        require(
                reply.accepted().isPresent() && reply.record().equals(TOMBSTONE),
                "I7: a replica voted for a proposal, forgets it, and shows " + reply);
    }

    private void aDemandedAge() {
        LoneReplica replica = deleted();
        RecordReply reply = (RecordReply) replica.handle(new Query(KEY, true, Query.Purpose.READ, 7));
        require(reply.horizon().age() == 7, "Forgetting deletes: an age is demanded, and the reply is " + reply);
    }

    private void anAgeOnItsWayToTheDisk() {
        LoneReplica replica = deleted();
        List<Reply> raised = replica.begin(new RaiseFence(FENCE, 3));
        Reply numbers = replica.begin(new ForgettingQuery()).get(0);
        require(
                raised.isEmpty() && ((ForgettingNumbers) numbers).age() == 0,
                "I6: an age is shown that is not durable: " + numbers);
        replica.settle();
        Reply confirmed = replica.handle(new Confirm(List.of(KEY), Ballot.ZERO));
        require(((Confirmed) confirmed).age() == 3, "Forgetting deletes: an age was raised: " + confirmed);
    }

    /** The record is sent before the fence is there. In the log, it comes behind it. */
    private void aStoreBehindTheFenceInTheLog() {
        LoneReplica replica = new LoneReplica();
        List<Reply> raised = replica.begin(new RaiseFence(FENCE, 0));
        for (int i = 0; i < 40; i++) {
            Version version = new Version(2_000 + i, 1, 1, 0);
            replica.begin(new StoreRequest(Key.of("other-" + i), new Record(version, Value.of("v".repeat(100)))));
        }
        List<Reply> late = replica.begin(new StoreRequest(KEY, VALUE));
        replica.settle();
        require(
                !raised.isEmpty() && late.get(0) instanceof Fenced,
                "I11: behind the fence in the log, a writer is answered " + late);
    }
}
