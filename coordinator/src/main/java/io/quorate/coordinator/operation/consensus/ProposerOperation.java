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
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import java.util.function.Consumer;

/**
 * An operation that takes part in its key's consensus (Rystsov, "CASPaxos", arXiv 1802.07000, in the version order of
 * plain writes): PREPARE, then ACCEPT, and again from the start under a higher ballot whenever another one got in between.
 *
 * <p>Two proposers may preempt each other again and again. Each therefore waits a random while before its next attempt,
 * twice as long each time, and gives up after {@value #ATTEMPTS_MAX} attempts or at its deadline.
 */
public abstract class ProposerOperation extends Operation
        implements PrepareRound.PrepareListener, AcceptRound.AcceptListener {
    static final int ATTEMPTS_MAX = 30;

    private static final int PAUSE_MS_MAX = 64;

    public final Key key;
    private final VersionMint versions;
    private Ballot ballot = Ballot.ZERO;
    private Ballot highestSeen = Ballot.ZERO;
    private int preemptions;
    private BallotRound round;
    private Timer pause;

    public ProposerOperation(
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
    public abstract void contended();

    /** Too few replicas answer, or take part. */
    public abstract void missed(Round round);

    /** Of which request promises are to show what is remembered. */
    public RequestId named() {
        return RequestId.NONE;
    }

    public final Ballot ballot() {
        return ballot;
    }

    public final boolean wasPreempted() {
        return preemptions > 0;
    }

    public final void prepare() {
        ballot = versions.ballotAbove(Ballot.max(ballot, highestSeen));
        start(new PrepareRound(context, replicas, majority, key, ballot, named(), this));
    }

    /** Proposes a record under the ballot that a majority has just promised. */
    public final AcceptRound propose(Record record) {
        AcceptRound next = new AcceptRound(context, replicas, majority, key, new Proposal(ballot, record), this);
        start(next);
        return next;
    }

    public final void start(BallotRound next) {
        round = next;
        evidence.add(next);
        next.start();
    }

    /** Tells every replica what was chosen, so that the next operation need not find out. Nobody waits for it. */
    public final void spread(Record chosen) {
        StoreRequest store = new StoreRequest(key, chosen);
        for (ReplicaClient replica : replicas) {
            if (replica.reachability().isReachable()) {
                replica.ask(store, 0, IgnoredAnswers.INSTANCE);
            }
        }
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

    public final void yieldOrGiveUp(BallotRound missed) {
        Ballot other = missed.preemptedBy();
        if (other.equals(Ballot.ZERO)) {
            missed(missed);
            return;
        }
        highestSeen = Ballot.max(highestSeen, other);
        preemptions++;
        if (preemptions >= ATTEMPTS_MAX) {
            contended();
        } else {
            pause = context.scheduler().after(pauseMs(), this::prepare);
        }
    }

    private long pauseMs() {
        int longestMs = Math.min(PAUSE_MS_MAX, 1 << Math.min(preemptions, 30));
        return context.random().nextInt(longestMs) + 1;
    }

    @Override
    public void abandon() {
        if (round != null) {
            round.abandon();
        }
        if (pause != null) {
            pause.cancel();
        }
    }
}
