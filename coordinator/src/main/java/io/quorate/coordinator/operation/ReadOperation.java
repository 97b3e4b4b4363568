package io.quorate.coordinator.operation;

import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Store;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A read: learn the newest version R from a majority. If a majority already holds R, that is the answer, in one round.
 * Otherwise R may be a write in progress or one that its coordinator did not live to finish: store it back until a
 * majority holds it, so that no later read can miss what this one showed, and then answer.
 *
 * <p>One replica, the local one if there is any, is asked for the content, the others only for versions. Replicas that
 * turn out to be stale without having been needed are repaired behind the answer.
 */
final class ReadOperation extends Operation implements QueryRound.Listener, StoreRound.Listener {
    private final Assignment assignment;
    private QueryRound query;
    private StoreRound writeBack;
    private Record newest;

    ReadOperation(Assignment assignment, Terms terms, Consumer<Outcome> listener) {
        super(assignment, terms, listener);
        this.assignment = assignment;
    }

    @Override
    void begin() {
        query(QueryRound.Content.FROM_FIRST);
    }

    private void query(QueryRound.Content content) {
        query = new QueryRound(surroundings, replicas, assignment.preference(), required, key, content, this);
        evidence.add(query);
        query.start();
    }

    @Override
    public void queried(QueryRound round) {
        Version version = round.newest();
        Optional<Record> record = round.record(version);
        if (record.isEmpty()) {
            // The replica asked for the content is behind. Ask everyone for it: one more round, and it is rare.
            query(QueryRound.Content.FROM_ALL);
            return;
        }
        newest = record.get();
        int holders = round.holders(version);
        if (holders >= required || level() == Level.QUORUM || level() == Level.ONE) {
            finish(new Outcome.Read(newest, evidence));
            repairBehindTheAnswer(round);
        } else {
            writeBack(round);
        }
    }

    private void writeBack(QueryRound round) {
        writeBack = new StoreRound(surroundings, replicas, required, key, newest, this);
        evidence.add(writeBack);
        evidence.lastRoundRepaired();
        writeBack.startWriteBack(round);
    }

    private void repairBehindTheAnswer(QueryRound round) {
        for (Exchange exchange : round.exchanges()) {
            repairIfStale(exchange);
        }
    }

    private void repairIfStale(Exchange exchange) {
        boolean stale = exchange.version()
                .map(version -> newest.version().isAfter(version))
                .orElse(false);
        if (stale) {
            surroundings.repairs().countBackground();
            exchange.replica().ask(new Store(key, newest), 0, Unwatched.INSTANCE);
        }
    }

    @Override
    public void queriedLate(QueryRound round, Exchange exchange) {
        if (newest != null && writeBack == null && round == query) {
            repairIfStale(exchange);
        }
    }

    @Override
    public void queryMissed(QueryRound round) {
        finish(noQuorum());
    }

    @Override
    public void stored(StoreRound round) {
        surroundings.repairs().countForeground(evidence.repaired().size());
        finish(new Outcome.Read(newest, evidence));
    }

    @Override
    public void storeMissed(StoreRound round) {
        finish(noQuorum());
    }

    @Override
    Outcome outcomeAtDeadline() {
        return noQuorum();
    }

    @Override
    void abandon() {
        query.abandon();
        query.cancelHedge();
        if (writeBack != null) {
            writeBack.abandon();
            writeBack.cancelHedge();
        }
    }
}
