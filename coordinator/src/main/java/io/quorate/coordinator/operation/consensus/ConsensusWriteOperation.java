package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.WriteSpace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A write that its key's consensus decides. It waits for its turn at this coordinator, prepares, judges the
 * precondition on the newest register, and proposes. Subclasses say what promises show of earlier attempts, and how a
 * precondition that does not hold is refused.
 *
 * <p>Each ending goes through {@link ProposalFate}. A write that may be accepted somewhere never ends as refused.
 */
public abstract class ConsensusWriteOperation extends ProposerOperation {
    private final RequestId request;
    private final ProposerQueues queues;
    private final ProposerTurn turn = new OwnTurn();
    private final ProposalFate fate = new ProposalFate();
    private WriteSpace space = WriteSpace.none();

    /** @param request the id that the record of this write bears */
    protected ConsensusWriteOperation(
            OperationContext operationContext,
            OperationOptions options,
            Key key,
            RequestId request,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, key, options, versions, listener);
        this.request = request;
        this.queues = queues;
    }

    /** About how many bytes the content will have that this write makes. */
    protected abstract long expectedBytes();

    /**
     * The record that this write makes of a register, or empty if it is refused on that register.
     *
     * @param register as the promises show it
     * @param base the version that the record follows: the register's, or of an absent key that of its floor (C2)
     */
    protected abstract Optional<Record> successorOf(Record register, Version base);

    /** This write is refused on the newest register that the promises show. */
    protected abstract void refute(PrepareRound promises);

    /**
     * This write's own record was chosen.
     *
     * @param evidenceAge of what showed it
     */
    protected abstract void chosen(Record record, long evidenceAge);

    /** Decides the next step of this write from the promises of a majority. */
    protected abstract void act(PrepareRound promises);

    /** Whether the replica of this promise may have accepted a proposal of this write. */
    protected abstract boolean mayHaveAccepted(Promise promise);

    @Override
    protected final void begin() {
        queues.enter(key, turn);
    }

    @Override
    protected final void ended() {
        space.giveBackRest();
        queues.leave(key, turn);
    }

    private final class OwnTurn implements ProposerTurn {
        @Override
        public void take(boolean hasWaited) {
            context.run(() -> takeTurn(hasWaited));
        }

        @Override
        public void learn(Observation observation) {
            context.run(() -> learned(observation));
        }
    }

    /** Nothing is promised to a write that cannot be sent. */
    private void takeTurn(boolean hasWaited) {
        space = WriteSpace.take(replicas, expectedBytes());
        if (space.isTooCongestedFor(majority)) {
            finish(withoutResult(RefusalReason.OVERLOADED));
        } else if (hasWaited) {
            beginAfterOthers();
        } else {
            prepare();
        }
    }

    /** Begins when the writes before it have left the queue. They may have changed the register. */
    protected void beginAfterOthers() {
        prepare();
    }

    /**
     * Learns what a round showed that another write in the queue made, or this one. It began when this write was in the
     * queue already.
     */
    protected void learned(Observation observation) {}

    /** This write and those that wait behind it now. */
    protected final WaitingTurns waitingTurns() {
        return queues.waiting(key);
    }

    @Override
    public final void prepared(PrepareRound promises) {
        ruleOutIfProven(promises);
        act(promises);
    }

    @Override
    public void answeredLate(PrepareRound promises) {
        ruleOutIfProven(promises);
    }

    /** Only the promises of all replicas prove that none has accepted a proposal of a lower ballot. */
    private void ruleOutIfProven(PrepareRound promises) {
        List<Promise> given = promises.promises();
        if (given.size() == replicas.size() && given.stream().noneMatch(this::mayHaveAccepted)) {
            ruleOut(promises);
        }
    }

    protected final RequestId request() {
        return request;
    }

    /** Whether a replica may have accepted a proposal of this write. */
    protected final boolean mayBeAccepted() {
        return fate.mayBeAccepted();
    }

    /** It is proven that no proposal of this write below the ballot of these promises was chosen, nor ever will be. */
    protected final void ruleOut(PrepareRound promises) {
        fate.ruledOut(promises.ballot());
    }

    /** It is proven that no proposal of this write so far was chosen, nor ever will be. */
    protected final void ruleOutAll() {
        fate.ruledOutAll();
    }

    /** Whether this is a record that this write proposes, so that its being chosen is the result of this write. */
    protected boolean isOwn(Record record) {
        return record.request().equals(request);
    }

    /** Nothing that was proposed before can be chosen: judges this write. A value at its end is replaced first. */
    protected final void judge(PrepareRound promises) {
        Record newest = promises.newest();
        Record read = context.time().asItReads(newest);
        if (read != newest) {
            proposeFirst(promises, read);
            return;
        }
        successorOf(newest, promises.base().version())
                .ifPresentOrElse(record -> proposeOwn(promises, record), () -> refute(promises));
    }

    protected final void proposeOwn(PrepareRound promises, Record record) {
        if (takeSpaceFor(record)) {
            fate.sent(promises.ballot());
            propose(promises, record, space);
        }
    }

    /** Proposes what has to be chosen before this write can be judged: the record of another one, or an expiry. */
    protected final void proposeFirst(PrepareRound promises, Record record) {
        if (takeSpaceFor(record)) {
            propose(promises, record, space);
        }
    }

    /**
     * Takes space for the record that is sent next. False without space. Then this write is refused before the record
     * has any effect. If a proposal of this write may be accepted already, it cannot be refused any more, and tries
     * again.
     */
    private boolean takeSpaceFor(Record record) {
        space.takeFor(new StoreRequest(key, record).contentBytes());
        boolean hasSpace = !space.isTooCongestedFor(majority);
        if (!hasSpace && fate.mayBeAccepted()) {
            tryAgainOrGiveUp();
        } else if (!hasSpace) {
            finish(withoutResult(RefusalReason.OVERLOADED));
        }
        return hasSpace;
    }

    @Override
    public final void accepted(AcceptRound round) {
        if (isOwn(round.record())) {
            chosen(round.record(), promisedAge());
        } else {
            spread(round.record(), promisedAge());
            prepare();
        }
    }

    @Override
    public final void acceptMissed(AcceptRound round) {
        if (isOwn(round.record()) && !round.mayHaveHadEffect()) {
            fate.acceptedNowhere(round.ballot());
        }
        yieldOrGiveUp(round);
    }

    /** Ends with the result of this write: applied, or refused by what a majority holds. */
    protected final void conclude(Outcome result) {
        fate.conclude();
        finish(result);
    }

    @Override
    protected final void contended() {
        finish(withoutResult(RefusalReason.CONTENTION));
    }

    @Override
    protected final void missed(Round round) {
        finish(withoutResult(refusalReason(round)));
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return withoutResult(reasonAtDeadline());
    }

    @Override
    protected boolean waitsForOthers() {
        return evidence.rounds().isEmpty() || wasPreempted();
    }

    /** The outcome without a result: refused for this reason, but unknown if a proposal may be accepted somewhere. */
    protected Outcome withoutResult(RefusalReason reason) {
        return fate.mayBeAccepted() ? new Outcome.Unknown(evidence) : new Outcome.Refused(reason, evidence);
    }
}
