package io.quorate.node.convergence.forgetting;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Raised;
import io.quorate.node.convergence.antientropy.PassCompanion;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.convergence.forgetting.ForgettingFigures.ClockBehind;
import io.quorate.node.convergence.forgetting.ForgettingFigures.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Forgets deletes along a pass. It keeps nothing: each step stands by itself, so a driver may die between any two, and
 * two drivers do no harm.
 *
 * <ol>
 *   <li>At the begin of a pass, all members raise their fence. Nothing from a writer appears at or below it any more.
 *   <li>The pass compares all keys of all members.
 *   <li>At its end, all members raise the floor of the slots that were verified, to that fence.
 *   <li>In a verified range of any pass, {@link ForgettingRounds} forget the tombstones below the floor.
 * </ol>
 *
 * <p>A member that is away, damaged, full or without a vote stops the last two steps. For one event loop.
 */
public final class TombstoneForgetting implements PassCompanion {
    /** Clocks that are synchronized differ by far less. Answers take a part of it. */
    private static final long CLOCK_BEHIND_MS = 60_000;

    private final AllMembers members;
    private final ForgettingOptions options;
    private final ForgettingFigures figures;

    public TombstoneForgetting(
            Peers peers, ForgettingOptions options, Scheduler scheduler, Clock clock, ForgettingFigures figures) {
        this.members = new AllMembers(peers, scheduler, clock, options.answerTimeoutMs());
        this.options = options;
        this.figures = figures;
    }

    @Override
    public void begin(LongConsumer begun) {
        if (!options.isAllowed().getAsBoolean()) {
            begun.accept(0);
            return;
        }
        members.ask(new ForgettingQuery(), ForgettingNumbers.class, numbers -> raiseFence(numbers, begun));
    }

    /**
     * The fence is in the past by all clocks. All members also get the same age: that makes evidence of all worth
     * something.
     */
    private void raiseFence(Map<PassPeer, ForgettingNumbers> numbers, LongConsumer begun) {
        figures.clocksBehind(clocksBehind(numbers));
        long leastMs = numbers.values().stream()
                .mapToLong(ForgettingNumbers::wallMs)
                .min()
                .orElse(0);
        long fence = members.areAll(numbers.keySet())
                ? Math.max(0, HybridClock.timestampOf(Math.max(0, leastMs - options.quietMs())))
                : 0;
        long age = numbers.values().stream()
                .mapToLong(ForgettingNumbers::age)
                .max()
                .orElse(0);
        members.ask(new RaiseFence(fence, age), Raised.class, raised -> {
            figures.without(members.without(raised.keySet()));
            begun.accept(members.areAll(raised.keySet()) ? fence : 0);
        });
    }

    /** Which clocks are far behind the median, or so far back that no later fence can be raised for long. */
    private Map<NodeId, ClockBehind> clocksBehind(Map<PassPeer, ForgettingNumbers> numbers) {
        long[] sorted = numbers.values().stream()
                .mapToLong(ForgettingNumbers::wallMs)
                .sorted()
                .toArray();
        long nowMs = members.clock().wallMs();
        Map<NodeId, ClockBehind> behind = new LinkedHashMap<>();
        numbers.forEach((peer, each) -> {
            long othersMs = sorted[sorted.length / 2] - each.wallMs();
            long fenceMs =
                    each.fence() == 0 ? 0 : HybridClock.millisOf(each.fence()) + options.quietMs() - each.wallMs();
            if (othersMs > CLOCK_BEHIND_MS) {
                behind.put(peer.id(), new ClockBehind(Reference.OTHERS, othersMs, nowMs));
            } else if (fenceMs > CLOCK_BEHIND_MS) {
                behind.put(peer.id(), new ClockBehind(Reference.ITS_FENCE, fenceMs, nowMs));
            }
        });
        return behind;
    }

    @Override
    public void verified(KeyRange range, SlotSet slots, Runnable done) {
        if (options.isAllowed().getAsBoolean()) {
            new ForgettingRounds(members, options, slots, done).start(range);
        } else {
            done.run();
        }
    }

    @Override
    public void complete(PassProgress pass, Runnable done) {
        boolean mayRaise = options.isAllowed().getAsBoolean()
                && members.areAll(members.peers().all());
        if (pass.fence() == 0 || pass.verified().isEmpty() || !mayRaise) {
            done.run();
            return;
        }
        members.ask(new RaiseFloor(pass.fence(), pass.verified()), Raised.class, raised -> done.run());
    }
}
