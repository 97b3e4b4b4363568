package io.quorate.node.convergence.forgetting;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What forgetting did at this node since its start. Safe for use by several threads. */
public final class ForgettingFigures {
    private final Clock clock;
    private final LongAdder forgotten = new LongAdder();
    private final Map<NodeId, Long> withoutFence = new LinkedHashMap<>();

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

    /** Deleted keys that the replica of this node forgot. */
    public long forgotten() {
        return forgotten.sum();
    }

    /** The members that did not raise their fence when this node last asked, and since when. */
    public synchronized Map<NodeId, Long> withoutFence() {
        return new LinkedHashMap<>(withoutFence);
    }
}
