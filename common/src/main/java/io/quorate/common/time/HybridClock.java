package io.quorate.common.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone: "Logical Physical Clocks", OPODIS '14), packed into
 * 64 bits. It follows the wall clock while that advances, and counts while it does not. Each timestamp that it issues
 * is larger than the one before.
 *
 * <pre>
 * 63                        16 15          0
 * +---------------------------+-------------+
 * | wall-clock milliseconds   | counter     |
 * +---------------------------+-------------+
 * </pre>
 *
 * <p>It also follows the timestamps that its process receives, but no further than {@code skewMsMax} ahead of its own
 * wall clock. One bad clock must not move the clocks of a whole cluster into the future. A write may find a register
 * with a later timestamp. It still gets a larger one ({@link #next}), because the order of one key's versions does not
 * depend on any clock. Safe for use by several threads.
 */
public final class HybridClock {
    private static final int COUNTER_BITS = 16;

    private final Clock clock;
    private final long skewMsMax;
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong tooFarAhead = new AtomicLong();

    public HybridClock(Clock clock, long skewMsMax) {
        this.clock = clock;
        this.skewMsMax = skewMsMax;
    }

    /**
     * A timestamp larger than {@code after} and larger than every one that this clock issued or followed.
     *
     * @param after the highest timestamp that the new one must exceed
     * @param ceilingMs the latest plausible time by the clocks of the caller's peers, or {@link Long#MAX_VALUE} if the
     *     caller knows no peer. So a clock ahead of all others does not count
     * @throws ArithmeticException if there is no larger timestamp. The clock uses 63 of the 64 bits, enough for 4,400
     *     years
     */
    public long next(long after, long ceilingMs) {
        if (after < 0) {
            throw new ArithmeticException("no timestamp is larger than " + Long.toUnsignedString(after));
        }
        long now = Math.min(clock.wallMs(), ceilingMs) << COUNTER_BITS;
        while (true) {
            long previous = last.get();
            // A register from the far future raises the timestamps of its own key, and not the clock of this process.
            boolean follow = isPlausible(after);
            long floor = follow ? Math.max(previous, after) : previous;
            long issued = Math.max(now, Math.addExact(floor, 1));
            if (last.compareAndSet(previous, issued)) {
                return Math.max(issued, Math.addExact(after, 1));
            }
        }
    }

    /** Follows a timestamp of another process, up to the bound on skew. Only counts a timestamp beyond that. */
    public void follow(long timestamp) {
        if (isPlausible(timestamp)) {
            last.accumulateAndGet(timestamp, Math::max);
        } else {
            tooFarAhead.incrementAndGet();
        }
    }

    /** How many timestamps the clock did not follow since they were too far in the future. */
    public long tooFarAhead() {
        return tooFarAhead.get();
    }

    public long wallMs() {
        return clock.wallMs();
    }

    /** As {@link Clock#monotonicNs}. */
    public long monotonicNs() {
        return clock.monotonicNs();
    }

    public long skewMsMax() {
        return skewMsMax;
    }

    /** The first timestamp of an instant, in milliseconds since 1970. */
    public static long timestampOf(long ms) {
        return ms << COUNTER_BITS;
    }

    /** The wall-clock part of a timestamp, in milliseconds since 1970. */
    public static long millisOf(long timestamp) {
        return timestamp >>> COUNTER_BITS;
    }

    private boolean isPlausible(long timestamp) {
        return millisOf(timestamp) <= clock.wallMs() + skewMsMax;
    }
}
