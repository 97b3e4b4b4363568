package io.quorate.coordinator.replica;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.ReplicaClient.Vitals;
import java.util.Optional;

/** One member of the cluster: how this process reaches it, and what it says of itself if it answered. */
public record MemberState(
        NodeId id,
        boolean local,
        Reachability reachability,
        VotingStatus votingStatus,
        Vitals vitals,
        Optional<ReplicaStatus> status) {
    public static MemberState of(ReplicaClient replica, Optional<ReplicaStatus> condition) {
        return new MemberState(
                replica.id(),
                replica.isLocal(),
                replica.reachability(),
                replica.votingStatus(),
                replica.vitals(),
                condition);
    }

    /** Whether it can take part in a quorum. */
    public boolean counts() {
        return reachability.isReachable() && votingStatus == VotingStatus.VOTING;
    }
}
