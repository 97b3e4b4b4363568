package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Promise;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ConsensusWriteOperation;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.RequestedWrite;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.FunctionVerdict;
import io.quorate.coordinator.operation.function.RegisterFunction;
import io.quorate.coordinator.round.PrepareRound;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt at a write with an idempotency key. It is a conditional write, also without a condition, and each replica
 * remembers what it acknowledged of it. The attempt learns from a majority of promises what came of earlier attempts,
 * its own and those of other coordinators ({@link RequestJudgement}):
 *
 * <ul>
 *   <li>A known result is the answer.
 *   <li>A proposal that may have been chosen is finished, unchanged.
 *   <li>If nothing can have been chosen, the attempt judges the condition and proposes a record or a refusal. It
 *       reports a refusal only when a majority has accepted it under its ballot.
 * </ul>
 *
 * The first effect of such a write is never a plain STORE. A STORE cannot be fenced: it may arrive after a retry has
 * decided that nothing happened. So a request has one effective version (I9).
 */
public final class IdempotentWriteOperation extends ConsensusWriteOperation
        implements AcceptRefusalRound.AcceptRefusalListener {
    private final RequestedWrite write;
    private final IdempotentRequest idempotent;

    /** The promises that leave open what came of an earlier attempt. */
    private Optional<PrepareRound> open = Optional.empty();

    /** The result that this attempt proposed last. */
    private Optional<RequestResult> proposed = Optional.empty();

    /** The result of the record that this attempt proposed last for its request: its own, or an earlier attempt's. */
    private Optional<RequestResult> own = Optional.empty();

    private RequestResult refusal;

    /** Why the function was refused, if this attempt found it. */
    private Optional<FunctionReport> refusalReport = Optional.empty();

    public IdempotentWriteOperation(
            OperationContext operationContext,
            OperationOptions options,
            RequestedWrite write,
            IdempotentRequest idempotent,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, options, write.key(), idempotent.request(), versions, queues, listener);
        this.write = write;
        this.idempotent = idempotent;
    }

    @Override
    protected RequestId named() {
        return idempotent.request();
    }

    @Override
    protected void act(PrepareRound promises) {
        open = Optional.empty();
        RequestJudgement judgement = new RequestJudgement(
                request(), replicas.size(), majority, context.time().nowMs());
        judgement.judge(promises.promises(), idempotent.fingerprint()).match(new Act(promises));
    }

    /** The next step of this attempt, for each verdict on its promises. */
    private final class Act implements RequestJudgement.VerdictCases {
        private final PrepareRound promises;

        Act(PrepareRound promises) {
            this.promises = promises;
        }

        @Override
        public void keyReused() {
            finish(withoutResult(RefusalReason.KEY_REUSED));
        }

        @Override
        public void concluded(RequestResult result) {
            Record newest = promises.newest();
            boolean isThere = newest.version().equals(result.version())
                    && newest.request().equals(request());
            answer(result, isThere ? made(newest) : Optional.empty());
        }

        @Override
        public void unfinished(Record record) {
            proposeFirst(promises, record);
        }

        @Override
        public void unfinishedOwn(Record record) {
            own = Optional.of(RequestResult.of(record));
            proposeOwn(promises, record);
        }

        @Override
        public void mayBeRefused(RequestResult earlier) {
            acceptRefusal(promises, earlier, Optional.empty());
        }

        @Override
        public void open() {
            awaitMore(promises);
        }

        @Override
        public void unanswered() {
            judge(promises);
        }
    }

    /**
     * Replicas that have not promised yet may know more. When the last one has answered, this attempt learns no more.
     */
    private void awaitMore(PrepareRound promises) {
        open = Optional.of(promises);
        if (!promises.everyoneAnswered()) {
            return;
        }
        if (promises.wasPreempted()) {
            yieldOrGiveUp(promises);
        } else {
            finish(new Outcome.Unknown(true, evidence));
        }
    }

    @Override
    public void answeredLate(PrepareRound promises) {
        super.answeredLate(promises);
        if (!isFinished() && open.isPresent() && open.get() == promises) {
            prepared(promises);
        }
    }

    @Override
    protected long expectedBytes() {
        return expectedBytes(write.change());
    }

    @Override
    protected Optional<Record> successorOf(Record register, Version base) {
        return write.contentOn(register).map(content -> {
            Receipt receipt = receipt(register.isTombstone());
            Record record = new Record(base.nextStep(), content, request(), Optional.of(receipt));
            proposed = Optional.of(RequestResult.of(record));
            own = proposed;
            return record;
        });
    }

    /** The request id alone does not tell. After the retention another write may use the same idempotency key. */
    @Override
    protected boolean isOwn(Record record) {
        return super.isOwn(record) && record.receipt().isPresent() && own.equals(Optional.of(RequestResult.of(record)));
    }

    @Override
    protected void refute(PrepareRound promises) {
        RequestResult fresh = RequestResult.refused(promises.newest().version(), receipt(false));
        proposed = Optional.of(fresh);
        acceptRefusal(promises, fresh, write.on(promises.newest()).map(IdempotentWriteOperation::alone));
    }

    /** The value that a function made of the record's base. A trace has no value, so only the record shows it. */
    private Optional<FunctionReport> made(Record record) {
        return write.change() instanceof RegisterFunction
                ? Optional.of(alone(new FunctionVerdict.MadeContent(record.content())))
                : Optional.empty();
    }

    /** A record bears the receipt of one request. So a function with an idempotency key is a bundle by itself. */
    private static FunctionReport alone(FunctionVerdict verdict) {
        return new FunctionReport(verdict, 0, true);
    }

    private Receipt receipt(boolean created) {
        long untilMs = context.time().nowMs() + idempotent.retentionMs();
        return new Receipt(idempotent.fingerprint(), created, untilMs);
    }

    private void acceptRefusal(PrepareRound promises, RequestResult newRefusal, Optional<FunctionReport> why) {
        refusal = newRefusal;
        refusalReport = why;
        start(new AcceptRefusalRound(
                context,
                replicas,
                majority,
                new AcceptRefusal(key, promises.ballot(), request(), refusal, promises.newest()),
                this));
    }

    @Override
    public void refusalAccepted(AcceptRefusalRound round) {
        answer(refusal, refusalReport);
    }

    @Override
    public void acceptRefusalMissed(AcceptRefusalRound round) {
        yieldOrGiveUp(round);
    }

    @Override
    protected void chosen(Record record, long evidenceAge) {
        spread(record, evidenceAge);
        answer(RequestResult.of(record), made(record));
    }

    /** A result that this attempt did not propose is the answer to an earlier one. */
    private void answer(RequestResult result, Optional<FunctionReport> function) {
        Optional<RequestResult> repeated = Optional.of(result).filter(each -> !proposed.equals(Optional.of(each)));
        conclude(
                result.isRefusal()
                        ? new Outcome.ConditionFailed(result.version(), repeated.isPresent(), function, evidence)
                        : new Outcome.Applied(
                                result.version(), result.receipt().created(), repeated, function, evidence));
    }

    /** A refusal speaks of this attempt only. What is known to be open of an earlier one makes the outcome unknown. */
    @Override
    protected Outcome withoutResult(RefusalReason reason) {
        return open.isPresent() ? new Outcome.Unknown(true, evidence) : super.withoutResult(reason);
    }

    /** A replica remembers each vote for this request, also after another write overtook it. */
    @Override
    protected boolean mayHaveAccepted(Promise promise) {
        RequestTrace trace = promise.trace();
        return !trace.complete() || !trace.votes().isEmpty() || trace.stored().isPresent();
    }
}
