package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.WalkLimits;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One range of a pass. All members send digests of it. The driver lists the slots that differ, settles the open keys
 * among them, and repairs the rest. For one event loop.
 */
public final class RangeRun {
    private static final Logger LOG = LoggerFactory.getLogger(RangeRun.class);

    /** Each attempt has a shorter range. */
    private static final int ATTEMPTS_MAX = 4;

    private final Parts parts;
    private final PassPeer self;
    private final PassProgress pass;
    private final boolean hurried;
    private final RunListener listener;

    private KeyRange range;
    private int attempts;
    private boolean hurriesElsewhere;
    private boolean someDeleted;
    private SlotSet unverified = SlotSet.NONE;
    private Collection<PassPeer> holders = List.of();

    /** What all ranges of a driver share. */
    public record Parts(
            NodeId self,
            Peers peers,
            Settlement settlement,
            PassOptions options,
            Scheduler scheduler,
            PassFigures figures,
            PassCompanion companion) {}

    public interface RunListener {
        /**
         * @param end the first key behind the range, or empty if it was the last one
         * @param unverified the slots on which not all members agree for certain
         * @param hurries whether an operator asked some member for a pass at once
         */
        void compared(Optional<Key> end, SlotSet unverified, boolean hurries);

        /** The replica of this node did not answer, or no member read all of the range. */
        void abandoned();
    }

    public RangeRun(Parts parts, PassProgress pass, boolean hurried, RunListener listener) {
        this.parts = parts;
        this.pass = pass;
        this.hurried = hurried;
        this.listener = listener;
        this.range = new KeyRange(pass.next(), Optional.empty());
        this.self = parts.peers().all().stream()
                .filter(peer -> peer.id().equals(parts.self()))
                .findFirst()
                .orElseThrow();
    }

    /** The range is as long as this node's next keys. */
    public void start() {
        digest(List.of(self), parts.options().rangeLimits(), own -> {
            if (own.isEmpty()) {
                listener.abandoned();
                return;
            }
            range = new KeyRange(range.start(), own.get(self).end());
            compare(own, reachable().stream().filter(peer -> peer != self).toList());
        });
    }

    private List<PassPeer> reachable() {
        return parts.peers().all().stream().filter(PassPeer::isReachable).toList();
    }

    private interface DigestsListener {
        void received(Map<PassPeer, Digests> digests);
    }

    private void digest(List<PassPeer> asked, WalkLimits limits, DigestsListener received) {
        Digest request = new Digest(pass, range, limits, hurried);
        Gathering.ask(
                asked,
                request,
                Digests.class,
                parts.scheduler(),
                parts.options().answerTimeoutMs(),
                received::received);
    }

    /** Asks these members too. */
    private void compare(Map<PassPeer, Digests> known, List<PassPeer> asked) {
        digest(asked, parts.options().wideLimits(), digests -> {
            Map<PassPeer, Digests> all = new LinkedHashMap<>(known);
            all.putAll(digests);
            compare(all);
        });
    }

    private void compare(Map<PassPeer, Digests> all) {
        Map<PassPeer, Digests> stepping = new LinkedHashMap<>(all);
        stepping.values().removeIf(each -> !isStep(each));
        Optional<Key> least = stepping.values().stream()
                .flatMap(each -> each.end().stream())
                .filter(range::contains)
                .min(Key::compareTo);
        if (least.isPresent() && attempts < ATTEMPTS_MAX) {
            compareUntil(least.get());
            return;
        }
        stepping.values().removeIf(each -> each.end().filter(range::contains).isPresent());
        if (stepping.isEmpty()) {
            listener.abandoned();
        } else {
            compareWhole(stepping);
        }
    }

    /** Without it, a range could be empty, and the pass would not come to its end. */
    private boolean isStep(Digests digests) {
        return digests.end().isEmpty()
                || range.start().isEmpty()
                || digests.end().get().compareTo(range.start().get()) > 0;
    }

    /** Compares the members that read all of the range. Any other one counts as a member that did not answer. */
    private void compareWhole(Map<PassPeer, Digests> all) {
        holders = all.keySet();
        hurriesElsewhere = all.values().stream().anyMatch(Digests::hurries);
        someDeleted = all.values().stream().anyMatch(each -> each.deleted() > 0);
        RangeComparison comparison =
                RangeComparison.of(all.values().stream().map(Digests::digest).toList());
        if (comparison.toList().isEmpty()) {
            end();
        } else {
            list(comparison, true);
        }
    }

    /** Some member has much more in the range than this node. */
    private void compareUntil(Key end) {
        attempts++;
        range = new KeyRange(range.start(), Optional.of(end));
        compare(Map.of(), reachable());
    }

    /** A member that does not answer is not equal, and one without a vote may have forgotten what others never had. */
    private boolean isComplete(Collection<PassPeer> answered) {
        return parts.peers().all().stream()
                .allMatch(peer -> answered.contains(peer) && peer.votingStatus() == VotingStatus.VOTING);
    }

    private void list(RangeComparison comparison, boolean settles) {
        Gathering.ask(
                holders,
                new ListRange(range, comparison.toList()),
                Listed.class,
                parts.scheduler(),
                parts.options().answerTimeoutMs(),
                lists -> listed(comparison, settles, lists));
    }

    private void listed(RangeComparison comparison, boolean settles, Map<PassPeer, Listed> lists) {
        if (lists.size() < holders.size()) {
            unverified = SlotSet.ALL;
        }
        Map<PassPeer, List<ListedEntry>> entries = new LinkedHashMap<>();
        lists.forEach((peer, listed) -> entries.put(peer, listed.entries()));
        RepairPlan plan = RepairPlan.of(entries);
        if (settles && !plan.openKeys().isEmpty()) {
            new KeySettlement(parts.settlement(), plan.openKeys(), () -> list(comparison, false)).start();
        } else {
            repair(plan);
        }
    }

    private void repair(RepairPlan plan) {
        if (!plan.contradictory().isEmpty()) {
            LOG.error("one version is a value on one replica and a tombstone on another, in {}", range);
        }
        unverified = unverified.with(plan.unfinished()).with(plan.contradictory());
        parts.figures().differed(plan.repairs().size());
        new RangeRepair(
                        new ArrayList<>(plan.repairs()),
                        parts.options(),
                        parts.scheduler(),
                        parts.figures(),
                        failed -> {
                            unverified = unverified.with(failed);
                            end();
                        })
                .start();
    }

    /** A member may have been emptied or damaged since it sent its digests. */
    private void end() {
        if (!isComplete(holders)) {
            unverified = SlotSet.ALL;
        }
        SlotSet verified = SlotSet.ALL.without(unverified);
        if (someDeleted && !verified.isEmpty()) {
            parts.companion().verified(range, verified, this::report);
        } else {
            report();
        }
    }

    private void report() {
        listener.compared(range.end(), unverified, hurriesElsewhere);
    }
}
