package io.quorate.coordinator.round;

import io.quorate.common.model.Ballot;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/**
 * A round of a key's consensus: it goes to every reachable replica, and a replica says no to a ballot that is too low.
 */
public abstract class BallotRound extends Round {
    private final Request request;
    private WriteSpace space = WriteSpace.none();

    /** A round that ends as soon as a majority has answered, or cannot any more. */
    protected BallotRound(RoundContext context, List<ReplicaClient> replicas, int majority, Request request) {
        this(context, replicas, majority, request, RoundEnd.AT_DECISION);
    }

    protected BallotRound(
            RoundContext context, List<ReplicaClient> replicas, int majority, Request request, RoundEnd end) {
        super(context, replicas, majority, end);
        this.request = request;
    }

    /** Sends within this space: to no congested replica, and at the price of what was taken for it. */
    public final void use(WriteSpace taken) {
        space = taken;
    }

    /** Sends to all reachable replicas, or to none if too few are reachable. */
    public final void start() {
        for (int i = 0; i < replicas.size(); i++) {
            if (space.isCongested(i) || !replicas.get(i).reachability().isReachable()) {
                skip(i);
            }
        }
        decideIfPossible();
        for (int i = 0; i < replicas.size() && !isDecided(); i++) {
            if (!tracker.hasAnswered(i)) {
                ask(i, request, space);
            }
        }
    }

    public final boolean wasPreempted() {
        return !preemptedBy().equals(Ballot.ZERO);
    }

    /** The highest ballot that a replica said it has promised instead, or {@link Ballot#ZERO} if none did. */
    public final Ballot preemptedBy() {
        Ballot highest = Ballot.ZERO;
        for (Exchange exchange : exchanges()) {
            if (exchange.reply().orElse(null) instanceof Preempted preempted) {
                highest = Ballot.max(highest, preempted.promised());
            }
        }
        return highest;
    }
}
