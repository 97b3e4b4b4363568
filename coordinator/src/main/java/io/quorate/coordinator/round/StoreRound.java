package io.quorate.coordinator.round;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * STORE: makes a record durable on every reachable replica, and is done when enough of them hold it. The replicas that
 * miss the record get hints, which count for nothing (I10).
 */
public final class StoreRound extends Round {
    private List<StoreRequest> stores;
    private final StoreListener listener;
    private WriteSpace space = WriteSpace.none();
    private Optional<Delivery> delivery = Optional.empty();

    public interface StoreListener {
        void stored(StoreRound round);

        void storeMissed(StoreRound round);
    }

    public StoreRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int required,
            Key key,
            Record record,
            StoreListener listener) {
        this(context, replicas, required, List.of(new StoreRequest(key, record)), listener);
    }

    /** @param stores one or more, of which a replica acknowledges all or, for the round, none */
    public StoreRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int required,
            List<StoreRequest> stores,
            StoreListener listener) {
        super(context, replicas, required, RoundEnd.AT_KNOWN_EFFECT);
        this.stores = stores;
        this.listener = listener;
    }

    /** Sends to all reachable replicas that are not congested, or to none if these are too few. */
    public void startWithin(WriteSpace taken) {
        space = taken;
        for (int i = 0; i < replicas.size(); i++) {
            if (space.isCongested(i)) {
                skip(i);
            }
        }
        startEverywhere();
    }

    /** Sends to all reachable replicas, or to none if too few are reachable. */
    public void startEverywhere() {
        start(replica -> false);
        askRest();
    }

    /**
     * Sends to the replicas that are known to be stale. It sends to the others only if these are too few or too slow.
     *
     * @param query the round that found what to store
     * @param holds whether a replica was seen to hold all of that
     */
    public void startWriteBack(QuorumRound query, IntPredicate holds) {
        start(holds);
        for (int i = 0; i < replicas.size() && !isDecided(); i++) {
            if (query.hasAcked(i) && !tracker.hasAnswered(i)) {
                askAll(i, stores);
            }
        }
        if (!isDecided() && asksLate(query)) {
            askRest();
        } else if (!isDecided()) {
            later(query.hedgeDelayMs(), this::askRest);
        }
    }

    private boolean asksLate(QuorumRound query) {
        for (int i = 0; i < replicas.size(); i++) {
            if (wasAsked(i) && query.isLate(i)) {
                return true;
            }
        }
        return false;
    }

    private void start(IntPredicate alreadyHolds) {
        for (int i = 0; i < replicas.size(); i++) {
            if (alreadyHolds.test(i)) {
                tracker.ack(i);
            } else if (!replicas.get(i).reachability().isReachable()) {
                skip(i);
            }
        }
        nameMissed();
        decideIfPossible();
    }

    /** A replica that stores the records keeps hints for those that they are not sent to. */
    private void nameMissed() {
        int skipped = replicas(this::wasSkipped);
        if (skipped != 0) {
            int missed = MemberPlaces.bits(replicas, skipped);
            stores = stores.stream().map(store -> store.withMissed(missed)).toList();
        }
    }

    private int replicas(IntPredicate which) {
        int bits = 0;
        for (int i = 0; i < replicas.size(); i++) {
            bits |= which.test(i) ? 1 << i : 0;
        }
        return bits;
    }

    private void askRest() {
        if (isDecided()) {
            return;
        }
        for (int i = 0; i < replicas.size(); i++) {
            if (!wasAsked(i) && !tracker.hasAnswered(i)) {
                send(i);
            }
        }
    }

    /** Each copy of a record is wanted, also after the outcome. Then a hint stands for it. */
    @Override
    long patienceMs() {
        long ofOperationMs = super.patienceMs();
        return ofOperationMs == Frame.ANY_TIME ? Frame.ANY_TIME : ofOperationMs + HintedHandoff.PATIENCE_MS;
    }

    /** Only a write takes space, and it has one record. */
    private void send(int replica) {
        if (stores.size() == 1) {
            ask(replica, stores.get(0), space);
        } else {
            askAll(replica, stores);
        }
    }

    @Override
    void lost(int replica) {
        askRest();
    }

    /** From now on, the other replicas have a while to answer. */
    @Override
    void ended() {
        int asked = replicas(this::wasAsked);
        if (asked == 0) {
            return;
        }
        Delivery sent = context.handoff().delivery(replicas, hints(), asked);
        for (int i = 0; i < replicas.size(); i++) {
            if (wasAsked(i) && exchange(i).isOver()) {
                exchange(i).reportTo(sent, i);
            }
        }
        delivery = Optional.of(sent);
        context.handoff().follow(sent);
    }

    private List<Hint> hints() {
        return stores.size() == 1
                ? List.of(stores.get(0).hint())
                : stores.stream().map(StoreRequest::hint).toList();
    }

    @Override
    protected void late(Exchange exchange) {
        int replica = replicas.indexOf(exchange.replica());
        delivery.ifPresent(sent -> exchange.reportTo(sent, replica));
    }

    /** The latest fence that a replica refused the record for, or 0. */
    public long highestFence() {
        return exchanges().stream()
                .flatMap(exchange -> exchange.reply().stream())
                .filter(Fenced.class::isInstance)
                .mapToLong(reply -> ((Fenced) reply).fence())
                .max()
                .orElse(0);
    }

    @Override
    protected void reached() {
        listener.stored(this);
    }

    @Override
    protected void missed() {
        listener.storeMissed(this);
    }

    @Override
    public Phase phase() {
        return Phase.STORE;
    }
}
