package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
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
 * turn out to be stale without having been needed are repaired behind the answer; but one that came back a short while
 * ago is repaired before it, as a courtesy to whoever watches, for a moment at most.
 */
final class ReadOperation extends Operation implements QueryRound.Listener, StoreRound.Listener {
    private final Assignment assignment;
    private final Key key;
    private QueryRound query;
    private StoreRound writeBack;
    private Record newest;
    private boolean majorityHolds;

    ReadOperation(Assignment assignment, Key key, Terms terms, Consumer<Outcome> listener) {
        super(assignment, terms, listener);
        this.key = key;
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
        majorityHolds = holders >= required;
        boolean writesBack = level() == Level.LINEARIZABLE || level() == Level.ALL;
        if (writesBack && !majorityHolds) {
            writeBack(round, required);
        } else if (writesBack && round.askedReturned() && holders < round.tracker.acks()) {
            writeBack(round, round.tracker.acks());
            writeBack.later(QueryRound.PATIENCE_MS, this::losePatience);
        } else {
            finish(new Outcome.Read(newest, evidence));
            repairBehindTheAnswer(round);
        }
    }

    private void losePatience() {
        writeBack.abandon();
        storeMissed(writeBack);
    }

    private void writeBack(QueryRound round, int copies) {
        writeBack = new StoreRound(surroundings, replicas, copies, key, newest, this);
        evidence.add(writeBack);
        evidence.lastRoundRepaired();
        writeBack.startWriteBack(round, replica -> round.holds(replica, newest.version()));
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
        finish(withoutWriteBack());
    }

    @Override
    Outcome outcomeAtDeadline() {
        return withoutWriteBack();
    }

    /** Enough replicas may hold what was found all the same, if the write-back was only a courtesy. */
    private Outcome withoutWriteBack() {
        return majorityHolds ? new Outcome.Read(newest, evidence) : noQuorum();
    }

    @Override
    void abandon() {
        query.abandon();
        if (writeBack != null) {
            writeBack.abandon();
        }
    }
}
