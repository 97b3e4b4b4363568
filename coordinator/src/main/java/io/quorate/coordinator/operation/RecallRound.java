package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestTrace;
import io.quorate.common.wire.Message.Recall;
import io.quorate.common.wire.Message.Recalled;
import java.util.List;

/** Asks every reachable replica what it remembers of a request, and is done at a majority. Promises and repairs nothing. */
final class RecallRound extends BallotRound {
    private final Listener listener;

    interface Listener {
        void recalled(RecallRound round);

        void recallMissed(RecallRound round);
    }

    RecallRound(
            Surroundings surroundings,
            List<Replica> replicas,
            int majority,
            Key key,
            RequestId request,
            Listener listener) {
        super(surroundings, replicas, majority, new Recall(key, request));
        this.listener = listener;
    }

    List<RequestTrace> traces() {
        return exchanges().stream()
                .flatMap(exchange -> exchange.reply().stream())
                .filter(Recalled.class::isInstance)
                .map(reply -> ((Recalled) reply).trace())
                .toList();
    }

    @Override
    void reached() {
        listener.recalled(this);
    }

    @Override
    void missed() {
        listener.recallMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.RECALL;
    }
}
