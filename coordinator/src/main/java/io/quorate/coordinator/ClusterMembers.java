package io.quorate.coordinator;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.MemberState;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.RoundContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The members of the cluster: which of them hold a key, and how this coordinator sees each. Used on one event loop
 * only.
 */
public final class ClusterMembers {
    private final Placement placement;
    private final Map<NodeId, ReplicaClient> replicas;

    // The event loop owns this. Placement returns the same list for the same holders, so identity finds the group.
    private final Map<List<NodeId>, List<ReplicaClient>> groups = new IdentityHashMap<>();

    /**
     * @param replicas one for each member of the placement
     * @throws IllegalArgumentException if a member has no replica
     */
    public ClusterMembers(Placement placement, List<? extends ReplicaClient> replicas) {
        this.placement = placement;
        this.replicas = replicas.stream().collect(Collectors.toMap(ReplicaClient::id, Function.identity()));
        for (NodeId member : placement.members()) {
            if (!this.replicas.containsKey(member)) {
                throw new IllegalArgumentException("no replica for member " + member);
            }
        }
    }

    /** The replicas of a key, always in the same order. */
    List<ReplicaClient> holdersOf(Key key) {
        return group(placement.replicasOf(key));
    }

    List<ReplicaClient> all() {
        return group(placement.members());
    }

    /** Every member as this process sees it now. No message is sent. */
    List<MemberState> states() {
        return all().stream()
                .map(replica -> MemberState.of(replica, Optional.empty()))
                .toList();
    }

    /** Asks every reachable member about its state. */
    void inspect(RoundContext context, long timeoutMs, Consumer<List<MemberState>> listener) {
        new MemberInspection(context, all(), timeoutMs, listener).start();
    }

    /** Whether enough voting members are reachable now for an operation at the default level. */
    boolean hasQuorum() {
        long reachable = all().stream().filter(ClusterMembers::counts).count();
        return reachable >= new QuorumSizes(all().size()).majority();
    }

    private static boolean counts(ReplicaClient replica) {
        return replica.votingStatus() == VotingStatus.VOTING
                && replica.reachability().isReachable();
    }

    private List<ReplicaClient> group(List<NodeId> ids) {
        return groups.computeIfAbsent(
                ids, absent -> absent.stream().map(replicas::get).toList());
    }
}
