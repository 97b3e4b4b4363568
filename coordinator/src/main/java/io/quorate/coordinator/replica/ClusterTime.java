package io.quorate.coordinator.replica;

import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.operation.register.ReadOperation;
import java.util.Arrays;
import java.util.Collection;

/**
 * What time it is for the lives of values, and the one judge of whether a life is over. The time is the median of this
 * process's wall clock and those of the replicas that it reaches, so that one wrong clock neither shortens nor prolongs
 * anything; of two, the earlier, as a value that counted for too long is the lesser evil.
 *
 * <p>No guarantee rests on this time being right, or the same at two coordinators: see {@link ReadOperation}.
 */
public final class ClusterTime {
    private final Clock clock;
    private final Collection<? extends ReplicaClient> replicas;

    public ClusterTime(Clock clock, Collection<? extends ReplicaClient> replicas) {
        this.clock = clock;
        this.replicas = replicas;
    }

    /** Milliseconds since 1970; may jump either way. */
    public long nowMs() {
        long[] aheadMs = new long[replicas.size() + 1];
        int known = 1;
        for (ReplicaClient replica : replicas) {
            if (!replica.isLocal() && replica.reachability().isReachable()) {
                aheadMs[known++] = replica.vitals().skewMs();
            }
        }
        Arrays.sort(aheadMs, 0, known);
        return clock.wallMs() + aheadMs[(known - 1) / 2];
    }

    /** When a life ends that begins now. */
    public long expiresAtMs(long ttlMs) {
        return Math.addExact(nowMs(), ttlMs);
    }

    /** How much is left of a life that was not over when it was last judged; not negative. */
    public long remainingMs(long expiresAtMs) {
        return Math.max(0, expiresAtMs - nowMs());
    }

    public boolean isOver(long expiresAtMs) {
        return expiresAtMs != Value.NEVER_EXPIRES && nowMs() >= expiresAtMs;
    }

    /** What a record amounts to now: itself, or its expiry. */
    public Record asItReads(Record record) {
        return record.content() instanceof Value value && isOver(value.expiresAtMs()) ? record.expired() : record;
    }
}
