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
import java.util.function.Consumer;

/**
 * Rounds of forgetting in one range, until it has no key left that could be forgotten. In each, all members say which
 * keys these are, and which ballots they promised for them. From then on none of them accepts a proposal below the
 * highest of these. All confirm what they hold of these keys. What all hold alike, all are asked to forget. A member
 * that misses the last message keeps its tombstones, which is harmless: a later round meets them again. For one event
 * loop.
 */
final class ForgettingRounds {
    private final AllMembers members;
    private final int keysMax;
    private final SlotSet slots;
    private final Runnable done;

    ForgettingRounds(AllMembers members, int keysMax, SlotSet slots, Runnable done) {
        this.members = members;
        this.keysMax = keysMax;
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
        Runnable next = () -> startBehind(candidates, range);
        ask(candidates, Ballot.ZERO, promises -> {
            Ballot promised = new Confirmation(promises.values()).promised();
            ask(candidates, promised, answers -> confirmed(candidates, promised, answers, next));
        });
    }

    /** A list that was cut short has at least as many keys as a round. So no key before the rest was left out. */
    private void startBehind(List<DeletedKey> candidates, KeyRange range) {
        Optional<KeyRange> rest = candidates.size() < keysMax
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
        return byKey.values().stream().limit(keysMax).toList();
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
