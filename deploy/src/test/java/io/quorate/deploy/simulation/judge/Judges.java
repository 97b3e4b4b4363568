package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.deploy.simulation.world.Retention;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The judges of one run, one for each invariant of {@code coordinator/docs/protocol.md} that is built. This class
 * passes each event to them. {@link MessageReader} and {@link OutcomeReader} turn messages and outcomes into these
 * events.
 */
public final class Judges {
    private final Violations violations = new Violations();
    private final KnownStates known = new KnownStates();
    private final ForgottenKeys forgotten = new ForgottenKeys();
    private final Votes votes;
    private final I2OneRecordPerVersion records = new I2OneRecordPerVersion(violations);
    private final I3OneConditionalWritePerBase bases = new I3OneConditionalWritePerBase(violations, records);
    private final I4ChosenStaysChosen proposals = new I4ChosenStaysChosen(violations, forgotten);
    private final I5NothingGoesBack replicas = new I5NothingGoesBack(violations, known, forgotten);
    private final I6ShownIsDurable durability = new I6ShownIsDurable(violations, known, forgotten);
    private final I7SuccessIsOnAQuorum quorums;
    private final I8LaterIsNewer order = new I8LaterIsNewer(violations, forgotten);
    private final I9OneVersionPerRequest requests;
    private final I10OnlyVotersCount voters;
    private final I11FloorsHoldEverywhere floors;
    private final I12DeletedStaysDeleted deletions = new I12DeletedStaysDeleted(violations);
    private final I13AllAgreeAtLast agreement = new I13AllAgreeAtLast(violations);
    private final I14MissedWritesAreNoted hints = new I14MissedWritesAreNoted(violations, known);
    private final I15AllAgreeBeforeOneIsFounded founding = new I15AllAgreeBeforeOneIsFounded(violations);
    private final I16OneDiskUnderAName disks = new I16OneDiskUnderAName(violations, founding);
    private final VerifiedSlots verified = new VerifiedSlots(violations, known, forgotten);
    private final boolean forgetful;
    private final Map<Key, I1LinearizableHistory> histories = new HashMap<>();
    private final Map<Key, FunctionsInOrder> functions = new HashMap<>();

    /** No request is forgotten. */
    public Judges(int nodes) {
        this(nodes, Retention.ENDLESS);
    }

    public Judges(int nodes, Retention retention) {
        int majority = nodes / 2 + 1; // counted here, and not by the code that is judged
        votes = new Votes(majority);
        quorums = new I7SuccessIsOnAQuorum(violations, majority, known, votes);
        floors = new I11FloorsHoldEverywhere(violations, nodes, known, forgotten);
        voters = new I10OnlyVotersCount(violations, nodes, majority);
        requests = new I9OneVersionPerRequest(violations, retention.ms());
        forgetful = retention.ends();
    }

    public Violations violations() {
        return violations;
    }

    // ---- clients ----

    /** What clients see of one key. */
    public I1LinearizableHistory history(Key key) {
        return histories.computeIfAbsent(key, any -> new I1LinearizableHistory(violations, key, forgetful, forgotten));
    }

    /** The functions on one key. */
    public FunctionsInOrder functions(Key key) {
        return functions.computeIfAbsent(key, any -> new FunctionsInOrder(violations, key, records));
    }

    /** From now on the write may have its effect at any time. */
    public void began(Call write) {
        history(write.key()).began(write);
        bases.began(write);
        deletions.began(write);
    }

    /** A client receives an answer about the same request again. */
    public void toldAgain(Call call, String first, String now) {
        requests.answered(call, first, now);
    }

    /** A client reads in the status of its request that it was applied. */
    public void shownAsApplied(Call call, RequestId request, Version version) {
        requests.shownAsApplied(call.key(), request, version);
    }

    /** A client reads in the status of its request that it is not known, and was answered before. */
    public void shownAsUnknown(Call call, String answers) {
        requests.shownAsUnknown(call, answers);
    }

    // ---- coordinators ----

    void proposed(Key key, Proposal proposal) {
        if (votes.proposed(key, proposal)) {
            proposals.proposed(key, proposal);
        }
    }

    void succeeded(Outcome outcome, ConsistencyLevel level) {
        voters.succeeded(outcome, level);
    }

    void sawAtQuorum(Ended operation) {
        order.sawAtQuorum(operation);
    }

    void ended(Ended operation) {
        quorums.ended(operation);
        deletions.ended(operation);
        order.ended(operation);
    }

    // ---- replicas ----

    /** A replica shows its register. */
    void shows(int node, Key key, ReplicaState state) {
        replicas.shows(new Copy(node, key), state);
    }

    /** A replica says that its register is at least as far. */
    void reached(int node, Key key, ReplicaState state) {
        known.add(new Copy(node, key), state);
    }

    /** Some register holds the record. */
    void registered(Key key, Record record) {
        if (records.add(key, record)) {
            requests.effective(key, record);
            written(key, record);
        }
    }

    /** What functions make, no call writes. */
    private void written(Key key, Record record) {
        if (Marks.hasFunctions(key)) {
            functions(key).effective(record);
        } else {
            deletions.effective(key, record);
        }
    }

    /** Whether the record is a tombstone, or empty if no register showed it yet. */
    Optional<Boolean> isTombstone(Key key, Version version) {
        return records.at(key, version).map(Record::isTombstone);
    }

    void promises(int node, Key key, Ballot ballot) {
        replicas.promises(new Copy(node, key), ballot);
    }

    void votes(int node, Key key, Ballot ballot) {
        replicas.votes(new Copy(node, key), ballot);
        showsVote(node, key, ballot);
    }

    /** A replica shows that it voted under this ballot before. */
    void showsVote(int node, Key key, Ballot ballot) {
        votes.voted(node, key, ballot).ifPresent(chosen -> chosen(key, chosen));
    }

    private void chosen(Key key, Proposal chosen) {
        if (records.add(key, chosen.record()) && Marks.hasFunctions(key)) {
            functions(key).effective(chosen.record());
        }
        bases.chosen(key, chosen.record());
        proposals.chosen(key, chosen);
        requests.effective(key, chosen.record());
    }

    /**
     * A reply was judged, and leaves.
     *
     * @param afterPowerLoss what a loss of power at this moment would leave of these keys
     */
    public void replies(int node, Function<Set<Key>, DurableState> afterPowerLoss) {
        durability.answered(node, afterPowerLoss);
    }

    /** The keys that replicas were asked about. */
    public Set<Key> keys() {
        return known.keys();
    }

    /** How far the register of each key is known to be at a replica. */
    public Map<Key, Version> known(int node) {
        return known.registers(node);
    }

    /** This is in the store of a replica, durably. */
    public void holds(int node, Key key, ReplicaState state) {
        replicas.holds(new Copy(node, key), state);
    }

    /** A replica was emptied: it begins anew, and has no vote. */
    public void wiped(int node) {
        replicas.forget(node);
        hints.wiped(node);
        floors.wiped(node);
        forgotten.wiped(node);
    }

    /** A replica says that it knows which member missed what. */
    void noted(int node, int target, Hint hint) {
        hints.noted(node, target, hint);
    }

    /** A replica keeps these hints, durably. */
    public void keeps(int node, KeptHints kept) {
        hints.keeps(node, kept);
    }

    void answersWhileFilling(int node, Reply reply) {
        voters.answeredWhileFilling(node, reply);
    }

    // ---- founding ----

    /** A member says that it has agreed on these disks, and this is what it has agreed on durably. */
    public void agrees(NodeId member, MemberDisks asked, Optional<MemberDisks> durably) {
        founding.agrees(member, asked, durably);
    }

    /**
     * What a node shows of its founding has changed, or its process has begun.
     *
     * @param durablyAgreed what each node has agreed on durably at this moment
     */
    public void founding(
            NodeId node,
            Optional<MemberDisks> agreed,
            boolean isFounded,
            Map<NodeId, Optional<MemberDisks>> durablyAgreed) {
        founding.shows(node, agreed, isFounded, durablyAgreed);
    }

    /**
     * A process accepts a replica.
     *
     * @param memory the disk of the process, or the process itself if it has no disk
     * @param remembered the disk that the memory has durably under the name
     */
    public void accepts(String memory, NodeId replica, DiskId shown, Optional<DiskId> remembered) {
        disks.accepts(memory, replica, shown, remembered);
    }

    // ---- forgetting ----

    /** From now on, a replica may forget this tombstone. */
    void mayForget(Key key, Version version) {
        forgotten.asked(key, version);
    }

    /** A replica has these numbers, durably. */
    public void has(int node, NodeAges now) {
        replicas.has(node, now);
        floors.has(node, now);
    }

    /**
     * A replica holds a forgotten tombstone. From now on, all operations that begin see it, or nothing. Returns whether
     * the replica is the first one.
     */
    public boolean forgot(int node, Key key, Version tombstone, long nowNs) {
        boolean isFirst = forgotten.forgot(key, tombstone);
        if (isFirst) {
            floors.forgot(node, key, tombstone);
            history(key).forgotten(nowNs, tombstone);
            order.forgotten(key, nowNs, tombstone);
            deletions.forgotten(key, nowNs, tombstone);
        }
        return isFirst;
    }

    // ---- passes ----

    /** Whether no replica was asked about this pass before. */
    public boolean isNew(PassProgress pass) {
        return verified.isNew(pass);
    }

    /** @param newest the highest version of each key, over all members that run */
    public void began(PassProgress pass, Map<Key, Version> newest) {
        verified.began(pass, newest);
    }

    /** Whether no member was told before that the pass ended so. */
    public boolean ends(PassProgress pass) {
        return verified.ends(pass);
    }

    /**
     * A pass is over.
     *
     * @param node has a vote
     * @param readsAll whether to read what is known of the replica, too
     * @param held reads what the replica holds
     */
    public void ended(PassProgress pass, int node, boolean readsAll, Function<Key, Version> held) {
        verified.ended(pass, node, readsAll, held);
    }

    /** After healing and quiet, a key reads as this through every node, and so does this replica with a vote say. */
    public void atLast(Key key, Record read, Reply reply) {
        agreement.atLast(key, read, reply);
    }
}
