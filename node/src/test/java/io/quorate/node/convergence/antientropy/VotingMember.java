package io.quorate.node.convergence.antientropy;

import io.quorate.common.model.VotingStatus;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;

/** A member that is up and has a vote. */
public interface VotingMember extends PassPeer {
    @Override
    default boolean isReachable() {
        return true;
    }

    @Override
    default VotingStatus votingStatus() {
        return VotingStatus.VOTING;
    }
}
