package io.quorate.coordinator.console;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.Optional;

/** A replica that cannot be reached, or can and never answers. */
record AbsentReplica(NodeId id, Reachability reachability) implements ReplicaClient {
    @Override
    public VotingStatus votingStatus() {
        return VotingStatus.VOTING;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public long usualDelayMs() {
        return 1;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(0, Optional.empty(), "it never was");
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        if (!reachability.isReachable()) {
            throw new AssertionError("asked, though it is down");
        }
    }
}
