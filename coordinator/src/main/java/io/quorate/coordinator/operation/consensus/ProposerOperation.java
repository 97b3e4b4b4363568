package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.Invariant;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.WriteSpace;
import java.util.function.Consumer;

/**
 * An operation that takes part in its key's consensus (Rystsov, "CASPaxos", arXiv 1802.07000, in the version order of
 * plain writes): PREPARE, then ACCEPT, and again from the start under a higher ballot whenever another one got in
 * between.
 *
 * <p>Two proposers may preempt each other again and again. So each waits for a random time before its next attempt,
 * twice as long each time. It gives up after {@value #ATTEMPTS_MAX} attempts or at its deadline.
 */
public abstract class ProposerOperation extends Operation
        implements PrepareRound.PrepareListener, AcceptRound.AcceptListener {
    static final int ATTEMPTS_MAX = 30;

    private static final int PAUSE_MS_MAX = 64;

    protected final Key key;
    private final VersionMint versions;
    private Ballot ballot = Ballot.ZERO;
    private Ballot highestSeen = Ballot.ZERO;
    private long demandedAge;
    private long promisedAge;
    private int preemptions;
    private BallotRound round;
    private Timer pause;

    protected ProposerOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            VersionMint versions,
            Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.key = key;
        this.versions = versions;
    }

    /** Too many others want to change the key at the same time. */
    protected abstract void contended();

    /** Too few replicas answer, or take part. */
    protected abstract void missed(Round round);

    /** Whether other writes on the key delay this operation, rather than replicas. */
    protected abstract boolean waitsForOthers();

    /** Why there is no outcome by now. What replicas say about themselves comes first. */
    protected final RefusalReason reasonAtDeadline() {
        RefusalReason reason = lastRound().map(this::refusalReason).orElse(RefusalReason.NO_QUORUM);
        return reason == RefusalReason.NO_QUORUM && waitsForOthers() ? RefusalReason.CONTENTION : reason;
    }

    /** The request of which promises show what their replicas remember. */
    protected RequestId named() {
        return RequestId.NONE;
    }

    protected final boolean wasPreempted() {
        return preemptions > 0;
    }

    /** The next ballot is above this one, since replicas have promised it. */
    protected final void saw(Ballot promised) {
        highestSeen = Ballot.max(highestSeen, promised);
    }

    /** A PREPARE begins. Its promises show each write that ended before this, and perhaps none that ends later. */
    protected void preparing() {}

    protected final void prepare() {
        Ballot before = Ballot.max(ballot, highestSeen);
        ballot = versions.ballotAbove(before);
        Invariant.require(ballot.isAfter(before), "the ballots of an operation grow (I4)");
        preparing();
        start(new PrepareRound(context, replicas, majority, key, ballot, named(), demandedAge, this));
    }

    /** Proposes a record under the ballot that a majority has just promised. */
    protected final void propose(PrepareRound promises, Record record) {
        propose(promises, record, WriteSpace.none());
    }

    protected final void propose(PrepareRound promises, Record record, WriteSpace space) {
        Invariant.require(
                record.isNewerThan(promises.newest()), "a proposal is newer than each register promised (I3)");
        promisedAge = promises.evidenceAge();
        Proposal proposal = new Proposal(promises.ballot(), record);
        AcceptRound accept = new AcceptRound(context, replicas, majority, key, proposal, this);
        accept.use(space);
        start(accept);
    }

    protected final void start(BallotRound next) {
        round = next;
        evidence.add(next);
        next.start();
    }

    /** The rounds to come are answered by replicas that know of this round of forgetting (C4, C7). */
    protected final void demand(long age) {
        demandedAge = Math.max(demandedAge, age);
    }

    protected final long demandedAge() {
        return demandedAge;
    }

    /** The lowest age among the promises that the last proposal rests on (C3). */
    protected final long promisedAge() {
        return promisedAge;
    }

    /**
     * Tells every replica what was chosen, so that the next operation need not find out. No operation waits for it.
     *
     * @param evidenceAge the lowest age among the replies that showed it
     */
    protected final void spread(Record chosen, long evidenceAge) {
        context.handoff().spread(StoreRequest.repair(key, chosen, evidenceAge), replicas);
    }

    @Override
    public final void prepareMissed(PrepareRound missed) {
        yieldOrGiveUp(missed);
    }

    /** A majority has answered all that most operations want to know. */
    @Override
    public void answeredLate(PrepareRound prepared) {}

    @Override
    public void acceptMissed(AcceptRound missed) {
        yieldOrGiveUp(missed);
    }

    protected final void yieldOrGiveUp(BallotRound missed) {
        Ballot other = missed.preemptedBy();
        if (other.equals(Ballot.ZERO)) {
            missed(missed);
            return;
        }
        saw(other);
        tryAgainOrGiveUp();
    }

    /** Whoever kept this operation from its quorum may be done soon. */
    protected final void tryAgainOrGiveUp() {
        preemptions++;
        if (preemptions >= ATTEMPTS_MAX) {
            contended();
        } else {
            tryAgain();
        }
    }

    /** Another proposer got in between, and this operation may try again. */
    protected void tryAgain() {
        yieldThen(this::prepare);
    }

    /** Lets the other proposer have its turn first. */
    protected final void yieldThen(Runnable next) {
        pause(pauseMs(), next);
    }

    protected final void pause(long ms, Runnable next) {
        pause = context.after(ms, next);
    }

    /** Whether the operation may be preempted once more without giving up. */
    protected final boolean hasAttemptsLeft() {
        return preemptions + 1 < ATTEMPTS_MAX;
    }

    private long pauseMs() {
        int longestMs = Math.min(PAUSE_MS_MAX, 1 << Math.min(preemptions, 30));
        return context.random().nextInt(longestMs) + 1;
    }

    @Override
    protected void abandon() {
        if (round != null) {
            round.abandon();
        }
        if (pause != null) {
            pause.cancel();
        }
    }
}
