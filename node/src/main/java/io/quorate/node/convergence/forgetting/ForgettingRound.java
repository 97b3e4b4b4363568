package io.quorate.node.convergence.forgetting;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
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
 * One round of forgetting, in one range. All members say which keys could be forgotten, and which ballots they promised
 * for them. From then on none of them accepts a proposal below the highest of these. All confirm what they hold of
 * these keys. What all hold alike, all are asked to forget. A member that misses the last message keeps its tombstones,
 * which is harmless: a later round meets them again. For one event loop.
 */
final class ForgettingRound {
    private final AllMembers members;
    private final KeyRange range;
    private final SlotSet slots;
    private final Runnable done;

    ForgettingRound(AllMembers members, KeyRange range, SlotSet slots, Runnable done) {
        this.members = members;
        this.range = range;
        this.slots = slots;
        this.done = done;
    }

    void start() {
        members.ask(new ListDeleted(range, slots), Deleted.class, this::listed);
    }

    private void listed(Map<PassPeer, Deleted> lists) {
        List<DeletedKey> candidates = candidates(lists.values());
        if (candidates.isEmpty()) {
            done.run();
            return;
        }
        ask(candidates, Ballot.ZERO, promises -> {
            Ballot promised = new Confirmation(promises.values()).promised();
            ask(candidates, promised, answers -> confirmed(candidates, promised, answers));
        });
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
    private static List<DeletedKey> candidates(Collection<Deleted> lists) {
        SortedMap<Key, DeletedKey> byKey = new TreeMap<>();
        lists.forEach(list -> list.entries()
                .forEach(each -> byKey.merge(each.key(), each, (a, b) -> a.floor() >= b.floor() ? a : b)));
        return byKey.values().stream().limit(Deleted.ENTRIES_MAX).toList();
    }

    private void confirmed(List<DeletedKey> candidates, Ballot promised, Map<PassPeer, Confirmed> answers) {
        Confirmation confirmation = new Confirmation(answers.values());
        List<DeletedKey> agreed = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            DeletedKey candidate = candidates.get(i);
            Optional<DeletedKey> confirmed = confirmation.of(candidate, i);
            confirmed.ifPresent(agreed::add);
        }
        if (agreed.isEmpty()) {
            done.run();
            return;
        }
        members.ask(new Forget(confirmation.round(), promised, agreed), ForgettingDone.class, forgotten -> done.run());
    }
}
