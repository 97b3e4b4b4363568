package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.convergence.antientropy.RepairPlan.KeyRepair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings the newest record of each differing key to the replicas that lack it. It fetches a batch of records, stores
 * them, and fetches the next batch when all of them are acknowledged. So the records in flight are bounded. For one
 * event loop.
 */
final class RangeRepair {
    private static final int ATTEMPTS_MAX = 6;
    private static final long FIRST_PAUSE_MS = 50;

    private final PassOptions options;
    private final Scheduler scheduler;
    private final PassFigures figures;
    private final Consumer<SlotSet> listener;
    private final List<Map.Entry<PassPeer, List<KeyRepair>>> bySource;
    private final Set<Integer> failed = new HashSet<>();
    private int stores;

    /** @param listener receives the slots with a key that is not repaired everywhere */
    RangeRepair(
            List<KeyRepair> repairs,
            PassOptions options,
            Scheduler scheduler,
            PassFigures figures,
            Consumer<SlotSet> listener) {
        this.options = options;
        this.scheduler = scheduler;
        this.figures = figures;
        this.listener = listener;
        Map<PassPeer, List<KeyRepair>> grouped = new LinkedHashMap<>();
        for (KeyRepair repair : repairs) {
            grouped.computeIfAbsent(source(repair), any -> new ArrayList<>()).add(repair);
        }
        this.bySource = new ArrayList<>(grouped.entrySet());
    }

    /** Rather a replica with a vote: it has more of what comes next. */
    private static PassPeer source(KeyRepair repair) {
        return repair.sources().stream()
                .filter(peer -> peer.votingStatus() == VotingStatus.VOTING)
                .findFirst()
                .orElse(repair.sources().get(0));
    }

    void start() {
        if (bySource.isEmpty()) {
            listener.accept(SlotSet.of(failed.stream().mapToInt(Integer::intValue)));
            return;
        }
        List<KeyRepair> left = bySource.get(0).getValue();
        List<KeyRepair> batch = left.subList(0, Math.min(left.size(), Fetch.KEYS_MAX));
        int copies =
                batch.stream().mapToInt(each -> each.lacking().size()).max().orElseThrow();
        Fetch fetch = new Fetch(
                batch.stream().map(KeyRepair::key).toList(), Math.max(1, options.inFlightBytesMax() / copies));
        Gathering.ask(
                List.of(bySource.get(0).getKey()),
                fetch,
                Fetched.class,
                scheduler,
                options.answerTimeoutMs(),
                replies -> replies.values().stream().findFirst().ifPresentOrElse(this::fetched, this::missed));
    }

    /** The source does not answer any more. Another pass finds what is left. */
    private void missed() {
        bySource.remove(0).getValue().forEach(each -> fail(each.key()));
        start();
    }

    private void fetched(Fetched fetched) {
        List<KeyRepair> left = bySource.get(0).getValue();
        int count = Math.min(fetched.records().size(), left.size());
        stores = 1; // this one, so that none of the others is the last before all are sent
        for (int i = 0; i < count; i++) {
            store(left.get(i), fetched.records().get(i), fetched.age());
        }
        bySource.get(0).setValue(left.subList(count, left.size()));
        if (count == left.size()) {
            bySource.remove(0);
        } else if (count == 0) {
            missed();
            return;
        }
        storeEnded();
    }

    private void store(KeyRepair repair, HeldRecord held, long age) {
        if (!held.key().equals(repair.key())
                || repair.newest().isAfter(held.record().version())) {
            fail(repair.key());
            return;
        }
        StoreRequest store = StoreRequest.repair(held.key(), held.record(), age);
        for (PassPeer peer : repair.lacking()) {
            stores++;
            send(store, peer, 1);
        }
    }

    private void send(StoreRequest store, PassPeer peer, int attempt) {
        Gathering.ask(
                List.of(peer),
                store,
                Reply.class,
                scheduler,
                options.answerTimeoutMs(),
                replies -> acknowledged(
                        store, peer, attempt, replies.values().stream().findFirst()));
    }

    private void acknowledged(StoreRequest store, PassPeer peer, int attempt, Optional<Reply> reply) {
        if (isForNow(reply) && attempt < ATTEMPTS_MAX) {
            scheduler.after(FIRST_PAUSE_MS << attempt, () -> send(store, peer, attempt + 1));
            return;
        }
        if (reply.filter(Stored.class::isInstance).isPresent()) {
            figures.repaired();
        } else {
            fail(store.key());
            // A replica that is being filled keeps the record, and abstains.
            reply.filter(Abstained.class::isInstance).ifPresent(kept -> figures.repaired());
        }
        storeEnded();
    }

    /** Whether the peer may take the record a little later. */
    private static boolean isForNow(Optional<Reply> reply) {
        return reply.filter(Rejected.class::isInstance)
                .map(Rejected.class::cast)
                .map(Rejected::cause)
                .filter(cause -> cause == RejectionCause.OVERLOADED || cause == RejectionCause.NO_MEMORY)
                .isPresent();
    }

    private void fail(Key key) {
        failed.add(Slots.of(key));
    }

    private void storeEnded() {
        if (--stores == 0) {
            start();
        }
    }
}
