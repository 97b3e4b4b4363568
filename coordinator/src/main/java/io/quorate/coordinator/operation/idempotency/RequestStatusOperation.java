package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.quorum.Decision;
import java.util.List;
import java.util.function.Consumer;

/** Tells what has become of a request, as far as a majority remembers it. Finishes nothing: that is for the retry. */
public final class RequestStatusOperation extends Operation implements RequestStatusRound.RequestStatusListener {
    private final Key key;
    private final RequestId request;
    private RequestStatusRound round;

    public RequestStatusOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            RequestId request,
            Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.key = key;
        this.request = request;
    }

    @Override
    protected void begin() {
        round = new RequestStatusRound(context, replicas, majority, key, request, this);
        evidence.add(round);
        round.begin();
    }

    @Override
    public boolean isProven(RequestStatusRound round) {
        return judgement().concluded(round.traces()).isPresent();
    }

    @Override
    public void shown(RequestStatusRound round) {
        finish(status());
    }

    private Outcome status() {
        List<RequestTrace> traces = round.traces();
        RequestJudgement judgement = judgement();
        return new Outcome.RequestStatus(judgement.isKnown(traces), judgement.concluded(traces), evidence);
    }

    private RequestJudgement judgement() {
        return new RequestJudgement(
                request, replicas.size(), majority, context.time().nowMs());
    }

    @Override
    public void statusMissed(RequestStatusRound missed) {
        finish(refused(missed));
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return round.decision() == Decision.REACHED ? status() : refused(round);
    }

    @Override
    protected void abandon() {
        round.abandon();
    }
}
