package io.quorate.common.loop;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Decides which class of requests gives way when there are more than an event loop can begin. Pure: the caller brings
 * the time. Used on one event loop only.
 *
 * <pre>
 *  class                a class above had a late request      operations in flight
 *                       a short while ago
 *  -------------------  ------------------------------------  ---------------------------------
 *  health, admin, read  -                                     all of the limit
 *  write                no                                    all of the limit
 *  write                yes                                   half of it. Others are refused
 *  bulk                 no                                    all of the limit
 *  bulk                 yes                                   a quarter of it. Others are refused
 * </pre>
 *
 * A class that gives way takes no more places, so those that become free are for the classes above it. It keeps its
 * share, so that a flood of reads does not stop all writes. The classes of Netflix's partitioned limiter
 * (concurrency-limits) have shares too, and may use what others leave. There a share holds as soon as the limit is
 * reached. Here it holds only after a higher class had to wait for too long. So one class alone, however greedy, has
 * all of the limit, and waits for its turn instead of being refused.
 *
 * <p>After one late request a class gives way for {@value #GIVE_WAY_MS_MIN} ms: a pause of the machine is no reason for
 * more. If requests are late again within {@value #SOON_MS} ms, it gives way for twice as long, up to
 * {@value #GIVE_WAY_MS_MAX} ms. Otherwise a lasting overload would make some of the class above late each time.
 *
 * <p>A strict order, in which writes are refused while any read waits, would be as simple. Then reads at twice the load
 * of the cluster would stop every write.
 */
final class ClassShares {
    static final long GIVE_WAY_MS_MIN = 500;
    static final long GIVE_WAY_MS_MAX = 10_000;
    static final long SOON_MS = 5_000;
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(SOON_MS);
    private static final long GIVE_WAY_NS_MIN = TimeUnit.MILLISECONDS.toNanos(GIVE_WAY_MS_MIN);
    private static final long GIVE_WAY_NS_MAX = TimeUnit.MILLISECONDS.toNanos(GIVE_WAY_MS_MAX);

    private final Map<RequestClass, ClassShare> shares = new EnumMap<>(RequestClass.class);

    private static final class ClassShare {
        private int inFlight;
        private boolean givesWay;

        /** Until when it gives way, or gave way last. */
        private long untilNs;

        /** For how long, or 0 if it never did. */
        private long lastsNs;

        void giveWay(long nowNs) {
            boolean stillDoes = givesWay && untilNs - nowNs > 0;
            if (!stillDoes) {
                boolean didALittleAgo = lastsNs > 0 && nowNs - untilNs < Math.max(SOON_NS, lastsNs);
                lastsNs = didALittleAgo ? Math.min(GIVE_WAY_NS_MAX, 2 * lastsNs) : GIVE_WAY_NS_MIN;
            }
            givesWay = true;
            untilNs = nowNs + lastsNs;
        }
    }

    ClassShares() {
        for (RequestClass each : RequestClass.values()) {
            shares.put(each, new ClassShare());
        }
    }

    void began(RequestClass of) {
        shares.get(of).inFlight++;
    }

    void ended(RequestClass of) {
        ClassShare share = shares.get(of);
        share.inFlight--;
        assert share.inFlight >= 0 : of;
    }

    /** A request was refused because it had waited too long. The classes below it give way. */
    void late(RequestClass of, long nowNs) {
        for (RequestClass each : RequestClass.values()) {
            if (each.isBelow(of)) {
                shares.get(each).giveWay(nowNs);
            }
        }
    }

    /** Whether the class may have to give way. Otherwise all its requests may begin, and nobody needs the time. */
    boolean givesWay(RequestClass of) {
        return shares.get(of).givesWay;
    }

    /** Whether a request may begin now. */
    boolean admits(RequestClass of, int limit, long nowNs) {
        ClassShare share = shares.get(of);
        share.givesWay &= share.untilNs - nowNs > 0;
        return !share.givesWay || share.inFlight < of.share(limit);
    }
}
