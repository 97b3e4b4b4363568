package io.quorate.node.convergence.forgetting;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What forgetting did at this node since its start. Safe for use by several threads. */
public final class ForgettingFigures {
    private static final long ASKED_MS_MAX = 300_000;

    private final Clock clock;
    private final LongAdder forgotten = new LongAdder();
    private final Map<NodeId, Long> withoutFence = new LinkedHashMap<>();
    private final Map<NodeId, ClockBehind> clocksBehind = new LinkedHashMap<>();
    private long askedMs;

    /** What a clock is behind of. */
    public enum Reference {
        /** The clocks of the other members. */
        OTHERS,

        /** What the member let be forgotten when all clocks were later, or when fewer deletes were kept. */
        ITS_FENCE
    }

    /**
     * A member's clock, for which deletes wait.
     *
     * @param behindMs how far it is behind
     * @param sinceMs when this node first met it so
     */
    public record ClockBehind(Reference of, long behindMs, long sinceMs) {}

    public ForgettingFigures(Clock clock) {
        this.clock = clock;
    }

    /** The replica of this node has forgotten a key. */
    public void forgot() {
        forgotten.increment();
    }

    /** These members did not raise their fence when this node last asked all of them to. */
    synchronized void without(Collection<NodeId> members) {
        withoutFence.keySet().retainAll(members);
        members.forEach(member -> withoutFence.putIfAbsent(member, clock.wallMs()));
    }

    /** How far the clocks of these members are behind, now. Those of all others are not. */
    synchronized void clocksBehind(Map<NodeId, ClockBehind> behind) {
        askedMs = clock.wallMs();
        clocksBehind.keySet().retainAll(behind.keySet());
        behind.forEach((member, found) -> clocksBehind.merge(
                member,
                found,
                (old, now) -> new ClockBehind(
                        now.of(), now.behindMs(), old.of() == now.of() ? old.sinceMs() : now.sinceMs())));
    }

    /**
     * The members whose clocks were far behind when this node last asked. None if a pass began well after that: another
     * node drives now, and has asked.
     *
     * @param passStartedMs when the last pass that this node knows began
     */
    public synchronized Map<NodeId, ClockBehind> clocksBehind(long passStartedMs) {
        return passStartedMs - askedMs > ASKED_MS_MAX ? Map.of() : new LinkedHashMap<>(clocksBehind);
    }

    /** Deleted keys that the replica of this node forgot. */
    public long forgotten() {
        return forgotten.sum();
    }

    /** The members that did not raise their fence when this node last asked, and since when. */
    public synchronized Map<NodeId, Long> withoutFence() {
        return new LinkedHashMap<>(withoutFence);
    }
}
