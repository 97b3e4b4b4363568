package io.quorate.coordinator.round;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Accept;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/** ACCEPT: a record is chosen, for good, when a majority has durably accepted it under one ballot. */
public final class AcceptRound extends BallotRound {
    private final Proposal proposal;
    private final AcceptListener listener;

    public interface AcceptListener {
        void accepted(AcceptRound round);

        void acceptMissed(AcceptRound round);
    }

    public AcceptRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int majority,
            Key key,
            Proposal proposal,
            AcceptListener listener) {
        super(context, replicas, majority, new Accept(key, proposal), RoundEnd.AT_KNOWN_EFFECT);
        this.proposal = proposal;
        this.listener = listener;
    }

    public Ballot ballot() {
        return proposal.ballot();
    }

    public Record record() {
        return proposal.record();
    }

    @Override
    protected void reached() {
        listener.accepted(this);
    }

    @Override
    protected void missed() {
        listener.acceptMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.ACCEPT;
    }
}
