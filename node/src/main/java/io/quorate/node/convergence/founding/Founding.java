package io.quorate.node.convergence.founding;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.node.identity.DiskMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the cluster is founded, by this node's durable memory. If it is, then every member of the list has durably
 * agreed on that list and on one disk for each member (I15). Each of them knows the rules of forgetting too, since
 * every number of the protocol that is still spoken has them. A founded node refuses every other list and every other
 * disk. Safe for use by several threads.
 */
public final class Founding {
    private final DiskMemory memory;
    private final Clock clock;

    /** Under the lock. */
    private final Map<NodeId, FoundingObstacle> obstacles = new LinkedHashMap<>();

    /**
     * @param why for people
     * @param sinceMs wall-clock time since when this node sees it
     */
    public record FoundingObstacle(NodeId member, String why, long sinceMs) {}

    public Founding(DiskMemory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** Never falls back, across restarts and crashes too. Never blocks. */
    public boolean isFounded() {
        return memory.isFounded();
    }

    /** Which members this node waits for, for people. Empty once it is founded. */
    public synchronized List<FoundingObstacle> obstacles() {
        return List.copyOf(obstacles.values());
    }

    /** @param reasons by member */
    synchronized void waitsFor(Map<NodeId, String> reasons) {
        obstacles.keySet().retainAll(reasons.keySet());
        reasons.forEach((member, why) -> {
            if (!obstacles.containsKey(member) || !obstacles.get(member).why().equals(why)) {
                obstacles.put(member, new FoundingObstacle(member, why, clock.wallMs()));
            }
        });
    }
}
