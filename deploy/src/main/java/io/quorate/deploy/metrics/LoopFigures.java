package io.quorate.deploy.metrics;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.Suffrage;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.replica.Replica;
import java.util.List;

/** How one event loop's coordinator stands. */
public record LoopFigures(int inFlight, long hedges, long hedgesDenied, List<Peer> peers) {
    /** On the coordinator's event loop. */
    public static LoopFigures of(Coordinator coordinator, List<Replica> replicas) {
        return new LoopFigures(
                coordinator.inFlight(),
                coordinator.hedges(),
                coordinator.hedgesDenied(),
                replicas.stream().map(Peer::of).toList());
    }

    /**
     * One replica as the event loop sees it.
     *
     * @param skewMs how far its clock is ahead
     */
    record Peer(NodeId id, boolean reachable, boolean votes, long skewMs, long hedgeDelayMs) {
        private static Peer of(Replica replica) {
            return new Peer(
                    replica.id(),
                    replica.reachability().isReachable(),
                    replica.suffrage() == Suffrage.VOTER,
                    replica.vitals().skewMs(),
                    replica.usualDelayMs());
        }

        boolean counts() {
            return reachable && votes;
        }
    }
}
