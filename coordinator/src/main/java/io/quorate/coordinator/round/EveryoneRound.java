package io.quorate.coordinator.round;

import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/** Asks all replicas that are reachable, and is done when each of them has answered or failed. */
public final class EveryoneRound extends Round {
    private final Request request;
    private final Runnable done;

    public EveryoneRound(RoundContext context, List<ReplicaClient> replicas, Request request, Runnable done) {
        super(context, replicas, 0, RoundEnd.AFTER_EVERYONE);
        this.request = request;
        this.done = done;
    }

    public void start() {
        for (int i = 0; i < replicas.size(); i++) {
            if (replicas.get(i).reachability().isReachable()) {
                ask(i, request);
            } else {
                skip(i);
            }
        }
        decideIfPossible();
    }

    @Override
    protected void reached() {
        done.run();
    }

    @Override
    protected void missed() {
        throw new AssertionError("no answer is required");
    }

    @Override
    public Phase phase() {
        return Phase.SURVEY;
    }
}
