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
 *                       in the last {@value #GIVE_WAY_S} s
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
 * <p>A strict order, in which writes are refused while any read waits, would be as simple. Then reads at twice the load
 * of the cluster would stop every write.
 */
final class ClassShares {
    static final long GIVE_WAY_S = 10;
    private static final long GIVE_WAY_NS = TimeUnit.SECONDS.toNanos(GIVE_WAY_S);

    private final Map<RequestClass, ClassShare> shares = new EnumMap<>(RequestClass.class);

    private static final class ClassShare {
        private int inFlight;
        private boolean givesWay;

        /** Until when it gives way, if it does. */
        private long untilNs;
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
                shares.get(each).givesWay = true;
                shares.get(each).untilNs = nowNs + GIVE_WAY_NS;
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
