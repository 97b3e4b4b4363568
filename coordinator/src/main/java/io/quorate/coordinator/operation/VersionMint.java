package io.quorate.coordinator.operation;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import java.util.function.LongSupplier;

/**
 * Mints versions, ballots and request ids that no other operation ever mints (I2). The session is 64 random bits of
 * this mint alone. The counter says which of its versions it is. One mint per event loop.
 */
public final class VersionMint {
    private final HybridClock clock;
    private final LongSupplier ceilingMs;
    private final long session;
    private long counter;
    private long fence;

    /** @param ceilingMs the latest wall-clock time that the peers' clocks make plausible */
    public VersionMint(HybridClock clock, LongSupplier ceilingMs, long session) {
        this.clock = clock;
        this.ceilingMs = ceilingMs;
        this.session = session;
    }

    /** From now on, every version is above this fence of a replica (C1). */
    public void sawFence(long instant) {
        fence = Math.max(fence, instant);
    }

    /** A version above {@code highest}, and above every fence seen. */
    public Version next(Version highest) {
        long timestamp = clock.next(Math.max(fence, highest.timestamp()), ceilingMs.getAsLong());
        return new Version(timestamp, session, ++counter, 0);
    }

    /** A ballot above {@code highest}. */
    public Ballot ballotAbove(Ballot highest) {
        return new Ballot(clock.next(highest.timestamp(), ceilingMs.getAsLong()), session, ++counter);
    }

    public RequestId nextRequest() {
        return new RequestId(session, ++counter);
    }
}
