package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestResult;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;

/**
 * CONCLUDE: a majority acknowledges, under the ballot that it has promised, that a request is refused, and holds the
 * register that refutes its condition. From then on no retry can find anything else.
 */
final class AcceptRefusalRound extends BallotRound {
    private final AcceptRefusalListener listener;

    interface AcceptRefusalListener {
        void refusalAccepted(AcceptRefusalRound round);

        void acceptRefusalMissed(AcceptRefusalRound round);
    }

    AcceptRefusalRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int majority,
            Key key,
            Ballot ballot,
            RequestId request,
            RequestResult refusal,
            Record refuting,
            AcceptRefusalListener listener) {
        super(context, replicas, majority, new AcceptRefusal(key, ballot, request, refusal, refuting));
        this.listener = listener;
    }

    @Override
    protected void reached() {
        listener.refusalAccepted(this);
    }

    @Override
    protected void missed() {
        listener.acceptRefusalMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.ACCEPT_REFUSAL;
    }
}
