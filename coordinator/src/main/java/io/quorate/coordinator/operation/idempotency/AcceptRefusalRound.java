package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;

/**
 * ACCEPT REFUSAL: a majority acknowledges, under the ballot that it has promised, that a request is refused. It also
 * holds the register that refutes the condition. From then on each retry finds the same refusal (I9).
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
            AcceptRefusal refusal,
            AcceptRefusalListener listener) {
        super(context, replicas, majority, refusal);
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
