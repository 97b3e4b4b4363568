package io.quorate.coordinator.replica.delay;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.Request;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How late one replica answers this event loop, and whether it is slow. It is slow if any effort takes it much longer
 * than the best other replica. The verdict changes at ticks only, and lasts until every effort is good again.
 *
 * <p>Its owner reports each request and each answer, with the monotonic time. {@link SlowReplicas} compares it with the
 * others.
 */
public final class ReplicaDelays {
    private static final List<Effort> MEASURED = List.of(Effort.LINK, Effort.READ, Effort.FORCE);

    private final NodeId id;
    private final boolean local;
    private final Map<Effort, EffortDelays> byEffort = new EnumMap<>(Effort.class);
    private OptionalLong tailNs = OptionalLong.empty();
    private boolean slow;
    private boolean readAskedInTick;
    private String complaint = "";

    ReplicaDelays(NodeId id, boolean local) {
        this.id = id;
        this.local = local;
        MEASURED.forEach(effort -> byEffort.put(effort, new EffortDelays()));
    }

    public NodeId id() {
        return id;
    }

    boolean isLocal() {
        return local;
    }

    /** A request was sent. The result is to be returned with its answer. Empty if its delay says nothing. */
    public Optional<Asked> asked(Request request, long nowNs) {
        Effort effort = Effort.of(request);
        readAskedInTick |= effort == Effort.READ;
        return Optional.ofNullable(byEffort.get(effort)).map(delays -> delays.asked(effort, nowNs));
    }

    /** The answer to a request came. It must not have been lost before. */
    public void answered(Asked asked, long nowNs) {
        byEffort.get(asked.effort()).answered(asked, nowNs);
    }

    /** No request that was sent so far will be answered: the replica fell silent. */
    public void lost() {
        byEffort.values().forEach(EffortDelays::lose);
    }

    /** The connection is gone. The next process at its end is judged anew. */
    public void disconnected() {
        byEffort.values().forEach(EffortDelays::clear);
        slow = false;
        complaint = "";
    }

    /** Whether it has lately been much later than the best other replica. */
    public boolean isSlow() {
        return slow;
    }

    /**
     * Whether a read that asks it now would probably wait. A heartbeat or a query has waited for an answer for so long
     * already. Unlike {@link #isSlow}, this may change from one request to the next.
     */
    public boolean isOverdue(long nowNs) {
        return byEffort.get(Effort.READ).isOverdue(nowNs)
                || byEffort.get(Effort.LINK).isOverdue(nowNs);
    }

    /**
     * Whether a read should ask it too, only to measure. Reads ask a slow replica last, so nearly never, and a
     * heartbeat does not notice whether its disk is well again. One read a tick is enough.
     */
    public boolean needsProbe() {
        return slow && !readAskedInTick;
    }

    /** The delay that 95 of 100 reads did not exceed, as of the last tick. Empty while it is not known. */
    public OptionalLong readTailNs() {
        return tailNs;
    }

    /** What takes it so long, for people. Empty if it is not slow. */
    public String complaint() {
        return complaint;
    }

    void tick() {
        readAskedInTick = false;
        EffortDelays reads = byEffort.get(Effort.READ);
        OptionalLong fresh = reads.tailNs();
        tailNs = fresh.isPresent() ? fresh : tailNs;
        byEffort.values().forEach(EffortDelays::tick);
    }

    OptionalLong delayNs(Effort effort) {
        return byEffort.get(effort).delayNs();
    }

    /** Whether the verdict changed. */
    boolean judge(Map<Effort, OptionalLong> bestNs, long nowNs) {
        boolean wasSlow = slow;
        complaint = "";
        boolean allGood = true;
        for (Effort effort : MEASURED) {
            EffortDelays delays = byEffort.get(effort);
            bestNs.get(effort).ifPresentOrElse(best -> delays.compareWith(best, nowNs), delays::compareWithNone);
            allGood &= delays.isGood(nowNs);
            slow |= delays.isBad();
            if (complaint.isEmpty() && !delays.isGood(nowNs)) {
                complaint = effort.label() + " takes " + delays.describe(nowNs);
            }
        }
        slow &= !allGood;
        complaint = slow ? complaint : "";
        return slow != wasSlow;
    }
}
