package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Conclusion;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.wire.Message.Conclude;
import io.quorate.coordinator.replica.Replica;
import io.quorate.coordinator.round.BallotRound;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.Surroundings;
import java.util.List;

/**
 * CONCLUDE: a majority acknowledges, under the ballot that it has promised, that a request is refused, and holds the
 * register that refutes its condition. From then on no retry can find anything else.
 */
final class ConcludeRound extends BallotRound {
    private final Listener listener;

    interface Listener {
        void concluded(ConcludeRound round);

        void concludeMissed(ConcludeRound round);
    }

    ConcludeRound(
            Surroundings surroundings,
            List<Replica> replicas,
            int majority,
            Key key,
            Ballot ballot,
            RequestId request,
            Conclusion refusal,
            Record refuting,
            Listener listener) {
        super(surroundings, replicas, majority, new Conclude(key, ballot, request, refusal, refuting));
        this.listener = listener;
    }

    @Override
    public void reached() {
        listener.concluded(this);
    }

    @Override
    public void missed() {
        listener.concludeMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.CONCLUDE;
    }
}
