package io.quorate.coordinator.replica;

import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import java.util.Arrays;
import java.util.Collection;

/**
 * The wall clocks of this process and of the replicas that it reaches, compared. Used on one event loop only.
 *
 * <p>A single clock may be wrong. So the median decides what time it is, and the peers' clocks limit how far this
 * process believes its own.
 */
public final class PeerClocks {
    private final Clock own;
    private final Collection<? extends ReplicaClient> replicas;
    private final OwnerThread eventLoop = new OwnerThread();

    public PeerClocks(Clock own, Collection<? extends ReplicaClient> replicas) {
        this.own = own;
        this.replicas = replicas;
    }

    /**
     * The median of all clocks, in milliseconds since 1970. It may jump either way. Of two clocks in the middle it is
     * the earlier one.
     */
    public long medianMs() {
        assert eventLoop.isCurrent() : eventLoop;
        // This process's own clock comes first, and is ahead of itself by 0.
        long[] aheadMs = new long[replicas.size() + 1];
        int known = 1;
        for (ReplicaClient replica : replicas) {
            if (isReachablePeer(replica)) {
                aheadMs[known++] = replica.vitals().skewMs();
            }
        }
        Arrays.sort(aheadMs, 0, known);
        return own.wallMs() + aheadMs[(known - 1) / 2];
    }

    /**
     * The latest time that the peers' clocks make plausible, in milliseconds since 1970: {@code skewMsMax} ahead of the
     * fastest one. Without a reachable peer there is nothing to compare with, and every time is plausible.
     */
    public long ceilingMs(long skewMsMax) {
        assert eventLoop.isCurrent() : eventLoop;
        boolean compared = false;
        long aheadMs = Long.MIN_VALUE;
        for (ReplicaClient replica : replicas) {
            if (isReachablePeer(replica)) {
                compared = true;
                aheadMs = Math.max(aheadMs, replica.vitals().skewMs());
            }
        }
        return compared ? own.wallMs() + aheadMs + skewMsMax : Long.MAX_VALUE;
    }

    private static boolean isReachablePeer(ReplicaClient replica) {
        return !replica.isLocal() && replica.reachability().isReachable();
    }
}
