package io.quorate.deploy.simulation.schedule;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.StoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A replica reads a key from its disk. While it waits there, the key is deleted and forgotten, or written anew. */
public final class ForgettingDuringReads extends DirectedSchedule {
    private static final Key KEY = Key.of("k");
    private static final long FENCE = 1_000;
    private static final Record VALUE = new Record(new Version(10, 1, 1, 0), Value.of("old"));
    private static final Record TOMBSTONE = new Record(new Version(20, 1, 2, 0), Tombstone.TOMBSTONE);
    private static final Ballot BALLOT = new Ballot(5, 1, 1);

    private static final Forget FORGET =
            new Forget(1, BALLOT, List.of(new DeletedKey(KEY, TOMBSTONE.version(), FENCE)));

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        aValueIsShownUnderTheAgeBeforeIt();
        anAbsentKeyTellsTheAgeAfterIt();
        aProposalIsComparedWithTheRegisterOfItsTime();
        aConfirmationSeesAProposalThatCameMeanwhile();
        aConfirmationTellsTheAgeAfterIt();
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static LoneReplica onDisk(Record register) {
        LoneReplica replica = new LoneReplica();
        replica.handle(new Accept(KEY, new Proposal(BALLOT, register))); // otherwise it votes, and accepts no record
        replica.handle(new StoreRequest(KEY, register));
        replica.forceOutOfMemory();
        return replica;
    }

    private static void deleteAndForget(LoneReplica replica) {
        replica.handle(new StoreRequest(KEY, TOMBSTONE));
        replica.handle(new RaiseFence(FENCE, 0));
        replica.handle(new RaiseFloor(FENCE, SlotSet.ALL));
        replica.handle(FORGET);
    }

    /** The first read of the disk is that of the register: the acceptor is in memory. */
    private void aValueIsShownUnderTheAgeBeforeIt() {
        LoneReplica replica = new LoneReplica();
        replica.handle(new StoreRequest(KEY, VALUE));
        replica.forceOutOfMemory();
        RecordReply reply = (RecordReply) replica.during(new Query(KEY, true), () -> deleteAndForget(replica));
        require(
                !reply.record().equals(VALUE) || reply.horizon().age() == 0,
                "I12: a value from before the forgetting is shown under a later age: " + reply);
    }

    /** The acceptor is on disk, and has voted for the value. The tombstone is in memory. */
    private static LoneReplica deleted() {
        LoneReplica replica = onDisk(VALUE);
        replica.handle(new StoreRequest(KEY, TOMBSTONE));
        replica.handle(new RaiseFence(FENCE, 0));
        replica.handle(new RaiseFloor(FENCE, SlotSet.ALL));
        replica.handle(
                new StoreRequest(Key.of("next memtable"), new Record(new Version(2_000, 1, 1, 0), VALUE.content())));
        return replica;
    }

    /** The first read of the disk is that of the acceptor. */
    private void anAbsentKeyTellsTheAgeAfterIt() {
        LoneReplica replica = deleted();
        RecordReply reply = (RecordReply) replica.during(new Query(KEY, true), () -> replica.handle(FORGET));
        if (!reply.record().equals(Record.NEVER_WRITTEN)) {
            throw new IllegalStateException("the key is not absent: " + reply);
        }
        require(
                reply.horizon().equals(new Horizon(0, 1, FENCE, 0)),
                "I12: a key is absent as it was forgotten, and the reply does not tell so: " + reply);
        require(reply.accepted().isEmpty(), "I12: a forgotten key shows a proposal from before: " + reply);
    }

    /** While the acceptor is read, the key is forgotten, and merges drop all that is left of it. */
    private void aProposalIsComparedWithTheRegisterOfItsTime() {
        LoneReplica replica = deleted();
        RecordReply reply = (RecordReply) replica.during(new Query(KEY, true), () -> {
            replica.handle(FORGET);
            replica.forceOutOfMemory();
            if (!replica.states().store().get(KEY).equals(Record.NEVER_WRITTEN)) {
                throw new IllegalStateException(
                        "no merge drops " + replica.states().store().get(KEY));
            }
        });
        require(
                reply.accepted().isEmpty(),
                "I12: a proposal from before a forgetting is compared with a register from after it: " + reply);
    }

    private void aConfirmationSeesAProposalThatCameMeanwhile() {
        LoneReplica replica = onDisk(TOMBSTONE);
        Record next = new Record(TOMBSTONE.version().nextStep(), Value.of("new"), new RequestId(1, 1));
        Confirmed confirmed = (Confirmed) replica.during(
                new Confirm(List.of(KEY), Ballot.ZERO),
                () -> replica.handle(new Accept(KEY, new Proposal(new Ballot(6, 1, 1), next))));
        require(
                confirmed.states().get(0).kind() == Kind.OTHER,
                "I7: a proposal was accepted above the tombstone, and the replica confirms " + confirmed);
    }

    private void aConfirmationTellsTheAgeAfterIt() {
        LoneReplica replica = onDisk(TOMBSTONE);
        Confirmed confirmed = (Confirmed)
                replica.during(new Confirm(List.of(KEY), Ballot.ZERO), () -> replica.handle(new RaiseFence(FENCE, 9)));
        require(confirmed.age() == 9, "I12: a reply under age 9 may be older than this confirmation: " + confirmed);
    }
}
