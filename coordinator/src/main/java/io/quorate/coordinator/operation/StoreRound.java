package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Store;
import io.quorate.coordinator.quorum.Decision;
import java.util.List;
import java.util.function.IntPredicate;

/** STORE: makes a record durable on every reachable replica, and is done when enough of them hold it. */
final class StoreRound extends Round {
    private final Key key;
    private final Record record;
    private final Listener listener;

    interface Listener {
        void stored(StoreRound round);

        void storeMissed(StoreRound round);
    }

    StoreRound(
            Surroundings surroundings,
            List<Replica> replicas,
            int required,
            Key key,
            Record record,
            Listener listener) {
        super(surroundings, replicas, required);
        this.key = key;
        this.record = record;
        this.listener = listener;
    }

    /**
     * Sends to all reachable replicas, or to none if too few are reachable.
     *
     * @param alreadyHolds which replicas are known to hold the record: they count without being asked
     */
    void start(IntPredicate alreadyHolds) {
        for (int i = 0; i < replicas.size(); i++) {
            if (alreadyHolds.test(i)) {
                tracker.ack(i);
            } else if (!replicas.get(i).reachability().isReachable()) {
                skip(i);
            }
        }
        decideIfPossible();
        if (isDecided()) {
            return;
        }
        Store store = new Store(key, record);
        for (int i = 0; i < replicas.size(); i++) {
            if (!tracker.hasAnswered(i)) {
                ask(i, store);
            }
        }
    }

    Record record() {
        return record;
    }

    /** While every answer so far was a no, the next one may settle that nothing was applied anywhere: worth the wait. */
    @Override
    boolean mayDecide(Decision decision) {
        return decision == Decision.REACHED || everyoneAnswered() || isSurelyAppliedOrLost();
    }

    private boolean isSurelyAppliedOrLost() {
        return exchanges().stream().anyMatch(exchange -> exchange.answeredNs() != 0 && exchange.mayHaveHadEffect());
    }

    @Override
    void reached() {
        listener.stored(this);
    }

    @Override
    void missed() {
        listener.storeMissed(this);
    }

    @Override
    public String phase() {
        return "store";
    }
}
