package io.quorate.node.convergence.antientropy;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which members keep slots from being verified, as this node sees it. Safe for use by several threads. */
public final class Obstacles {
    private final Clock clock;
    private final Map<NodeId, Obstacle> byMember = new LinkedHashMap<>();

    /**
     * @param why for people
     * @param sinceMs wall-clock time since when this node sees it
     */
    public record Obstacle(NodeId member, String why, long sinceMs) {}

    Obstacles(Clock clock) {
        this.clock = clock;
    }

    synchronized void look(List<PassPeer> members) {
        for (PassPeer member : members) {
            Optional<String> why = why(member);
            if (why.isEmpty()) {
                byMember.remove(member.id());
            } else if (!byMember.containsKey(member.id())
                    || !byMember.get(member.id()).why().equals(why.get())) {
                byMember.put(member.id(), new Obstacle(member.id(), why.get(), clock.wallMs()));
            }
        }
    }

    private static Optional<String> why(PassPeer member) {
        if (!member.isReachable()) {
            return Optional.of("is not reachable");
        }
        return switch (member.votingStatus()) {
            case VOTING -> Optional.empty();
            case FILLING -> Optional.of("was emptied and has no vote");
            case DAMAGED -> Optional.of("has a damaged store");
        };
    }

    synchronized List<Obstacle> now() {
        return new ArrayList<>(byMember.values());
    }
}
