package io.quorate.coordinator.replica;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import java.util.Optional;

/** A replica in this process that is up and votes, for tests that only say what it answers. */
public abstract class HealthyReplica implements ReplicaClient {
    private final NodeId id;

    protected HealthyReplica(NodeId id) {
        this.id = id;
    }

    @Override
    public final NodeId id() {
        return id;
    }

    @Override
    public final Reachability reachability() {
        return Reachability.UP;
    }

    @Override
    public VotingStatus votingStatus() {
        return VotingStatus.VOTING;
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public long usualDelayMs() {
        return 1;
    }

    @Override
    public final Vitals vitals() {
        return new Vitals(1, Optional.empty(), "");
    }
}
