package io.quorate.node.convergence.forgetting;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Rounds of forgetting in one range, until it has no key left that could be forgotten. All members list such keys. In
 * each round, all say which ballots they promised for some of these. From then on none of them accepts a proposal below
 * the highest of these. All confirm what they hold of these keys. What all hold alike, all are asked to forget. A
 * member that misses the last message keeps its tombstones, which is harmless: a later round meets them again. For one
 * event loop.
 */
final class ForgettingRounds {
    /** An answer that never came is no sign of much to do. */
    private static final long REST_MS_MAX = 1_000;

    private final AllMembers members;
    private final ForgettingOptions options;
    private final SlotSet slots;
    private final Runnable done;

    ForgettingRounds(AllMembers members, ForgettingOptions options, SlotSet slots, Runnable done) {
        this.members = members;
        this.options = options;
        this.slots = slots;
        this.done = done;
    }

    void start(KeyRange range) {
        members.ask(new ListDeleted(range, slots), Deleted.class, lists -> listed(range, lists));
    }

    private void listed(KeyRange range, Map<PassPeer, Deleted> lists) {
        List<DeletedKey> candidates = candidates(lists.values());
        if (candidates.isEmpty()) {
            done.run();
            return;
        }
        rounds(candidates, () -> startBehind(candidates, range));
    }

    private void rounds(List<DeletedKey> candidates, Runnable then) {
        if (candidates.isEmpty()) {
            then.run();
            return;
        }
        int keys = Math.min(options.roundKeysMax(), candidates.size());
        List<DeletedKey> rest = candidates.subList(keys, candidates.size());
        round(candidates.subList(0, keys), afterAPause(() -> rounds(rest, then)));
    }

    private void round(List<DeletedKey> candidates, Runnable next) {
        ask(candidates, Ballot.ZERO, promises -> {
            Ballot promised = new Confirmation(promises.values()).promised();
            ask(candidates, promised, answers -> confirmed(candidates, promised, answers, next));
        });
    }

    /**
     * All members write each key, and clients wait for the same disks. So the rounds rest for as long as they work, or
     * for a second: longer where the machines have more to do.
     */
    private Runnable afterAPause(Runnable next) {
        long beganNs = members.clock().monotonicNs();
        return () -> {
            long tookMs = TimeUnit.NANOSECONDS.toMillis(members.clock().monotonicNs() - beganNs);
            members.scheduler().after(1 + Math.min(REST_MS_MAX, tookMs), next);
        };
    }

    /** A list that was cut short has at least as many keys as are taken. So no key before the rest was left out. */
    private void startBehind(List<DeletedKey> candidates, KeyRange range) {
        Optional<KeyRange> rest = candidates.size() < options.listedKeysMax()
                ? Optional.empty()
                : range.beyond(candidates.get(candidates.size() - 1).key(), Direction.ASCENDING);
        rest.ifPresentOrElse(this::start, done);
    }

    private void ask(List<DeletedKey> candidates, Ballot promised, Consumer<Map<PassPeer, Confirmed>> confirmed) {
        List<Key> keys = candidates.stream().map(DeletedKey::key).toList();
        members.ask(new Confirm(keys, promised), Confirmed.class, answers -> {
            if (members.areAll(answers.keySet())) {
                confirmed.accept(answers);
            } else {
                done.run();
            }
        });
    }

    /** Of one key, the highest floor counts: what one member was told of a floor holds for all. */
    private List<DeletedKey> candidates(Collection<Deleted> lists) {
        SortedMap<Key, DeletedKey> byKey = new TreeMap<>();
        lists.forEach(list -> list.entries()
                .forEach(each -> byKey.merge(each.key(), each, (a, b) -> a.floor() >= b.floor() ? a : b)));
        return byKey.values().stream().limit(options.listedKeysMax()).toList();
    }

    private void confirmed(
            List<DeletedKey> candidates, Ballot promised, Map<PassPeer, Confirmed> answers, Runnable next) {
        Confirmation confirmation = new Confirmation(answers.values());
        List<DeletedKey> agreed = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            DeletedKey candidate = candidates.get(i);
            Optional<DeletedKey> confirmed = confirmation.of(candidate, i);
            confirmed.ifPresent(agreed::add);
        }
        if (agreed.isEmpty()) {
            next.run();
            return;
        }
        members.ask(new Forget(confirmation.round(), promised, agreed), ForgettingDone.class, forgotten -> next.run());
    }
}
