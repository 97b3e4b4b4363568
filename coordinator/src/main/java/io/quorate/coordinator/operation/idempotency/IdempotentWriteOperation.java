package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestResult;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.ProposerOperation;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Concluded;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.KeyReused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.MayBeRefused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Open;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Unfinished;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Verdict;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt at a write with an idempotency key: a conditional write, also if there is no condition, of which each replica
 * remembers what it acknowledged. Whatever was before, by this attempt or by others, at this coordinator or elsewhere, it
 * learns from a majority of promises ({@link RequestJudgement}), so that it need not remember anything itself:
 *
 * <ul>
 *   <li>an answer that is known is given again;
 *   <li>what may have been chosen is finished, unchanged;
 *   <li>only if nothing can have been, the condition is judged and a record proposed, or the refusal concluded: on a
 *       majority, under the ballot, before anyone is told.
 * </ul>
 *
 * A plain STORE cannot be fenced: one that was sent may arrive after a retry has decided that nothing happened. Therefore
 * the first effect of such a write is never one.
 */
public final class IdempotentWriteOperation extends ProposerOperation
        implements AcceptRefusalRound.AcceptRefusalListener {
    private final Content content;
    private final Optional<Precondition> precondition;
    private final IdempotentRequest repeatable;
    private final ProposerQueues queues;
    private final Runnable reason = this::prepare;
    private Optional<PrepareRound> waitingFor = Optional.empty();
    private Optional<RequestResult> own = Optional.empty();
    private AcceptRound acceptance;
    private RequestResult concluding;

    /** Whether this attempt may have had an effect since it last judged. */
    private boolean mayBeApplied;

    /** Whether no attempt had had one when it did. */
    private boolean nothingBefore;

    public IdempotentWriteOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            Content content,
            Optional<Precondition> precondition,
            IdempotentRequest repeatable,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, key, options, versions, listener);
        this.content = content;
        this.precondition = precondition;
        this.repeatable = repeatable;
        this.queues = queues;
    }

    @Override
    public void begin() {
        queues.enter(key, reason);
    }

    @Override
    public void ended() {
        queues.leave(key, reason);
    }

    @Override
    public RequestId named() {
        return repeatable.request();
    }

    @Override
    public void prepared(PrepareRound round) {
        RequestJudgement judgement = new RequestJudgement(
                repeatable.request(), replicas.size(), majority, context.time().nowMs());
        act(judgement.judge(round.promises().toList(), repeatable.fingerprint()), round);
    }

    private void act(Verdict verdict, PrepareRound round) {
        waitingFor = Optional.empty();
        if (verdict instanceof KeyReused) {
            finish(new Outcome.Refused(RefusalReason.KEY_REUSED, evidence));
        } else if (verdict instanceof Concluded concluded) {
            answer(concluded.conclusion());
        } else if (verdict instanceof Unfinished unfinished) {
            finishProposal(unfinished.record());
        } else if (verdict instanceof MayBeRefused refused) {
            nothingWasApplied();
            acceptRefusal(refused.refusal(), round.newest());
        } else if (verdict instanceof Open) {
            awaitMore(round);
        } else {
            nothingWasApplied();
            begin(round.newest());
        }
    }

    private void nothingWasApplied() {
        mayBeApplied = false;
        nothingBefore = true;
    }

    private void finishProposal(Record record) {
        if (isOwn(record)) {
            acceptance = propose(record);
        } else {
            propose(record);
        }
    }

    private boolean isOwn(Record record) {
        return record.request().equals(repeatable.request());
    }

    /** Those that have not promised yet may know more; once nobody is left to answer, this attempt learns no more. */
    private void awaitMore(PrepareRound round) {
        nothingBefore = false;
        if (!round.everyoneAnswered()) {
            waitingFor = Optional.of(round);
        } else if (round.wasPreempted()) {
            prepareMissed(round);
        } else {
            finish(new Outcome.Unknown(true, evidence));
        }
    }

    @Override
    public void answeredLate(PrepareRound round) {
        if (!isFinished() && waitingFor.isPresent() && waitingFor.get() == round) {
            prepared(round);
        }
    }

    /** Nothing has become of the request yet, nor will under a lower ballot. */
    private void begin(Record newest) {
        Record read = context.time().asItReads(newest);
        boolean holds = precondition
                .map(condition -> condition.holds(newest.version(), newest.isTombstone()))
                .orElse(true);
        if (read != newest) {
            propose(read);
        } else if (holds) {
            Record record = new Record(
                    newest.version().nextStep(),
                    content,
                    repeatable.request(),
                    Optional.of(receipt(newest.isTombstone())));
            own = Optional.of(RequestResult.of(record));
            acceptance = propose(record);
        } else {
            RequestResult refusal = RequestResult.refused(newest.version(), receipt(false));
            own = Optional.of(refusal);
            acceptRefusal(refusal, newest);
        }
    }

    private Receipt receipt(boolean created) {
        long untilMs = context.time().nowMs() + repeatable.retentionMs();
        return new Receipt(repeatable.fingerprint(), created, untilMs);
    }

    private void acceptRefusal(RequestResult refusal, Record refuting) {
        concluding = refusal;
        start(new AcceptRefusalRound(
                context, replicas, majority, key, ballot(), repeatable.request(), refusal, refuting, this));
    }

    @Override
    public void refusalAccepted(AcceptRefusalRound round) {
        answer(concluding);
    }

    @Override
    public void acceptRefusalMissed(AcceptRefusalRound round) {
        yieldOrGiveUp(round);
    }

    @Override
    public void accepted(AcceptRound round) {
        spread(round.record());
        if (round == acceptance) {
            answer(RequestResult.of(round.record()));
        } else {
            prepare();
        }
    }

    @Override
    public void acceptMissed(AcceptRound round) {
        if (round == acceptance) {
            mayBeApplied |= round.mayHaveHadEffect();
            acceptance = null;
        }
        super.acceptMissed(round);
    }

    private void answer(RequestResult conclusion) {
        Optional<RequestResult> repeated = Optional.of(conclusion).filter(each -> !own.equals(Optional.of(each)));
        finish(
                conclusion.isRefusal()
                        ? new Outcome.ConditionFailed(conclusion.version(), repeated.isPresent(), evidence)
                        : new Outcome.Applied(
                                conclusion.version(), conclusion.receipt().created(), repeated, evidence));
    }

    @Override
    public void contended() {
        finish(unlessApplied(RefusalReason.CONTENTION));
    }

    @Override
    public void missed(Round round) {
        finish(mayBeApplied() ? new Outcome.Unknown(evidence) : refused(round));
    }

    @Override
    public Outcome outcomeAtDeadline() {
        if (waitingFor.isPresent()) {
            return new Outcome.Unknown(true, evidence);
        }
        boolean waits = evidence.rounds().isEmpty() || wasPreempted();
        return unlessApplied(waits ? RefusalReason.CONTENTION : RefusalReason.NO_QUORUM);
    }

    private boolean mayBeApplied() {
        return mayBeApplied || acceptance != null && acceptance.mayHaveHadEffect();
    }

    /** That nothing was applied at all, and not only by this attempt, is to be proven before contention is blamed. */
    private Outcome unlessApplied(RefusalReason reason) {
        boolean isSaid = !mayBeApplied() && (reason != RefusalReason.CONTENTION || nothingBefore);
        return isSaid ? new Outcome.Refused(reason, evidence) : new Outcome.Unknown(evidence);
    }
}
