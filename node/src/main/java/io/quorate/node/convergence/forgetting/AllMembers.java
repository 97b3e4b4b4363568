package io.quorate.node.convergence.forgetting;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.Gathering;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All members of the cluster, who have to agree before anything is forgotten. For one event loop. */
record AllMembers(Peers peers, Scheduler scheduler, Clock clock, long answerTimeoutMs) {
    /** Asks all members that are reachable. */
    <T extends Reply> void ask(Request request, Class<T> type, Consumer<Map<PassPeer, T>> listener) {
        List<PassPeer> reachable =
                peers.all().stream().filter(PassPeer::isReachable).toList();
        Gathering.ask(reachable, request, type, scheduler, answerTimeoutMs, listener);
    }

    /** The members that are not among these. */
    List<NodeId> without(Collection<PassPeer> answered) {
        return peers.all().stream()
                .filter(peer -> !answered.contains(peer))
                .map(PassPeer::id)
                .toList();
    }

    /** Whether these are all members, and each has a vote. One without may have forgotten what others never had. */
    boolean areAll(Collection<PassPeer> answered) {
        return peers.all().stream()
                .allMatch(peer -> answered.contains(peer) && peer.votingStatus() == VotingStatus.VOTING);
    }
}
