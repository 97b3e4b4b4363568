package io.quorate.coordinator.replica;

import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The wall clocks of this process and of the replicas that it reaches, compared. Used on one event loop only.
 *
 * <p>A single clock may be wrong, and may jump at any time. So the median decides what time it is, and the peers'
 * clocks limit how far this process believes its own. Each clock counts by itself: a peer's clock runs on with our
 * monotonic clock ({@link ClockReading}), so our wall clock has one voice and no influence on the others. The clock of
 * a peer that never reported its time has none.
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
        long nowNs = own.monotonicNs();
        LongStream peersMs = replicas.stream()
                .map(PeerClocks::clockOf)
                .flatMap(Optional::stream)
                .mapToLong(reading -> reading.wallMsAt(nowNs));
        long[] wallMs =
                LongStream.concat(LongStream.of(own.wallMs()), peersMs).sorted().toArray();
        return wallMs[(wallMs.length - 1) / 2];
    }

    /**
     * The latest time that the peers' clocks make plausible, in milliseconds since 1970: {@code skewMsMax} ahead of the
     * fastest one. Without a peer whose clock is known there is nothing to compare with, and every time is plausible.
     */
    public long ceilingMs(long skewMsMax) {
        assert eventLoop.isCurrent() : eventLoop;
        long nowNs = own.monotonicNs();
        long fastestMs = Long.MIN_VALUE;
        for (ReplicaClient replica : replicas) {
            Optional<ClockReading> clock = clockOf(replica);
            if (clock.isPresent()) {
                fastestMs = Math.max(fastestMs, clock.get().wallMsAt(nowNs));
            }
        }
        return fastestMs == Long.MIN_VALUE ? Long.MAX_VALUE : fastestMs + skewMsMax;
    }

    private static Optional<ClockReading> clockOf(ReplicaClient replica) {
        return !replica.isLocal() && replica.reachability().isReachable()
                ? replica.vitals().clock()
                : Optional.empty();
    }
}
