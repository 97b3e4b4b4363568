package io.quorate.coordinator.replica;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.ReplicaClient.Vitals;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One member of the cluster as this process sees it.
 *
 * @param status what the member reports about itself, if it was asked and answered
 */
public record MemberState(
        NodeId id,
        boolean local,
        Reachability reachability,
        VotingStatus votingStatus,
        Vitals vitals,
        Optional<ReplicaStatus> status) {
    public static MemberState of(ReplicaClient replica, Optional<ReplicaStatus> status) {
        return new MemberState(
                replica.id(),
                replica.isLocal(),
                replica.reachability(),
                replica.votingStatus(),
                replica.vitals(),
                status);
    }

    /** How many milliseconds its clock is ahead of ours now. Empty if it has not reported its time yet. */
    public OptionalLong skewMs(Clock own) {
        if (local) {
            return OptionalLong.of(0);
        }
        return vitals.clock().stream()
                .mapToLong(reading -> reading.aheadMs(own))
                .findFirst();
    }

    /** Whether it can be part of a quorum now. */
    public boolean counts() {
        return reachability.isReachable() && votingStatus == VotingStatus.VOTING;
    }
}
