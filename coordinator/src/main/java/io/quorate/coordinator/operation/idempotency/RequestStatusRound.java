package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;

/**
 * Asks every reachable replica for its trace of a request. A majority is enough if it proves an answer. Otherwise the
 * round waits a moment for the other replicas too. An answer that a majority accepted may be in the trace of only one
 * replica that replied. It promises and repairs nothing.
 */
final class RequestStatusRound extends BallotRound {
    private static final long PATIENCE_MS = 100;

    private final RequestStatusListener listener;

    interface RequestStatusListener {
        /** Whether the traces so far prove the answer, so that no other replica can change it. */
        boolean isProven(RequestStatusRound round);

        void shown(RequestStatusRound round);

        void statusMissed(RequestStatusRound round);
    }

    RequestStatusRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int majority,
            Key key,
            RequestId request,
            RequestStatusListener listener) {
        super(context, replicas, majority, new RequestStatusQuery(key, request), RoundEnd.AFTER_PATIENCE);
        this.listener = listener;
    }

    void begin() {
        waitForMore(PATIENCE_MS);
        start();
    }

    @Override
    protected boolean isPatient() {
        return super.isPatient() && !listener.isProven(this);
    }

    List<RequestTrace> traces() {
        return exchanges().stream()
                .flatMap(exchange -> exchange.reply().stream())
                .filter(RequestStatusReply.class::isInstance)
                .map(reply -> ((RequestStatusReply) reply).trace())
                .toList();
    }

    @Override
    protected void reached() {
        listener.shown(this);
    }

    @Override
    protected void missed() {
        listener.statusMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.REQUEST_STATUS;
    }
}
