package io.quorate.coordinator.replica.delay;

import io.quorate.common.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Finds the slow ones among the replicas of one event loop. Each is compared with the best other replica that is behind
 * a network. The replica in this process needs no network, so no other one has to be as fast. Without another one to
 * compare with, no replica becomes slow: the reason may be this process, or its network.
 *
 * <p>Its owner calls {@link #tick} every {@value #TICK_MS} ms. Used on one event loop only.
 */
public final class SlowReplicas {
    public static final long TICK_MS = 100;

    /** After a pause of this process, a timer makes up for all ticks that it missed, before any answer is read. */
    private static final long TICK_NS_MIN = TimeUnit.MILLISECONDS.toNanos(TICK_MS / 2);

    private final List<ReplicaDelays> replicas = new ArrayList<>();

    /** Measures one more replica. */
    public ReplicaDelays add(NodeId id, boolean local) {
        ReplicaDelays delays = new ReplicaDelays(id, local);
        replicas.add(delays);
        return delays;
    }

    private OptionalLong lastTickNs = OptionalLong.empty();

    /** Judges all replicas anew, and returns those that became slow or are no longer slow. */
    public List<ReplicaDelays> tick(long nowNs) {
        if (lastTickNs.isPresent() && nowNs - lastTickNs.getAsLong() < TICK_NS_MIN) {
            return List.of();
        }
        lastTickNs = OptionalLong.of(nowNs);
        replicas.forEach(ReplicaDelays::tick);
        return replicas.stream()
                .filter(replica -> replica.judge(bestBeside(replica), nowNs))
                .toList();
    }

    private Map<Effort, OptionalLong> bestBeside(ReplicaDelays replica) {
        Map<Effort, OptionalLong> best = new EnumMap<>(Effort.class);
        Arrays.stream(Effort.values())
                .filter(effort -> effort != Effort.VARYING)
                .forEach(effort -> best.put(effort, bestBeside(replica, effort)));
        return best;
    }

    private OptionalLong bestBeside(ReplicaDelays replica, Effort effort) {
        return replicas.stream()
                .filter(other -> other != replica && !other.isLocal())
                .flatMapToLong(other -> other.delayNs(effort).stream())
                .min();
    }
}
