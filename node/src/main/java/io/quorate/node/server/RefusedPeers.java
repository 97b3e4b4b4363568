package io.quorate.node.server;

import io.quorate.common.link.RefusedPeer;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes that this node refused in the last minute. A refused process calls again every half second, so one that
 * still runs is here. The callers choose their names, so their number is bounded. For any thread.
 */
final class RefusedPeers {
    static final int PEERS_MAX = 16;
    private static final long LATELY_NS = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private final Map<NodeId, Refusals> bySender = new HashMap<>();

    private record Refusals(String reason, long times, long lastNs) {}

    RefusedPeers(Clock clock) {
        this.clock = clock;
    }

    synchronized void refused(NodeId sender, String reason) {
        forgetOld();
        long times = bySender.containsKey(sender) ? bySender.get(sender).times() : 0;
        if (times > 0 || bySender.size() < PEERS_MAX) {
            bySender.put(sender, new Refusals(reason, times + 1, clock.monotonicNs()));
        }
    }

    synchronized void welcomed(NodeId sender) {
        bySender.remove(sender);
    }

    /** In the order of their names. */
    synchronized List<RefusedPeer> lately() {
        forgetOld();
        return bySender.entrySet().stream()
                .map(entry -> new RefusedPeer(
                        entry.getKey(),
                        entry.getValue().reason(),
                        entry.getValue().times()))
                .sorted(Comparator.comparing(RefusedPeer::id))
                .toList();
    }

    private void forgetOld() {
        bySender.values().removeIf(refusals -> clock.monotonicNs() - refusals.lastNs() > LATELY_NS);
    }
}
