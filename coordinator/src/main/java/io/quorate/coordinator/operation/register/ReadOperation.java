package io.quorate.coordinator.operation.register;

import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerOperation;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.StoreRound;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A read: learn the newest version R from a majority. If a majority already holds R, that is the answer, in one round.
 * Otherwise R may be a write in progress or one that its coordinator did not live to finish: store it back until a
 * majority holds it, so that no later read can miss what this one showed, and then answer.
 *
 * <p>A conditional write above R that some replica has accepted may have been chosen. If the answers show that it was, it
 * is the answer; otherwise the read finishes it, as whoever proposed it may be gone.
 *
 * <p>A value whose life is over by this coordinator's time is replaced, and not only overlooked: its expiry, a tombstone
 * in the place of a conditional write on it, is chosen before anyone is told that there is nothing. So a coordinator whose
 * clock says otherwise finds the tombstone, and none can show the value again.
 *
 * <p>One replica, the local one if there is any, is asked for the content, the others only for versions. Replicas that
 * turn out to be stale without having been needed are repaired behind the answer; but one that came back a short while
 * ago is repaired before it, as a courtesy to whoever watches, for a moment at most.
 */
public final class ReadOperation extends ProposerOperation
        implements QueryRound.QueryListener, StoreRound.StoreListener {
    private final OperationContext operationContext;
    private QueryRound query;
    private StoreRound writeBack;
    private Record newest;
    private boolean majorityHolds;
    private boolean expired;

    public ReadOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            VersionMint versions,
            Consumer<Outcome> listener) {
        super(operationContext, key, options, versions, listener);
        this.operationContext = operationContext;
    }

    @Override
    protected void begin() {
        query(QueryRound.ContentSource.FROM_FIRST);
    }

    private void query(QueryRound.ContentSource content) {
        query = new QueryRound(context, replicas, operationContext.preference(), required, key, content, this);
        evidence.add(query);
        query.start();
    }

    @Override
    public void queried(QueryRound round) {
        Optional<Proposal> unsettled = level() == ConsistencyLevel.ONE ? Optional.empty() : round.unsettled();
        if (unsettled.isEmpty()) {
            answer(round);
        } else if (round.acceptors(unsettled.get()) >= majority) {
            chosen(unsettled.get().record());
        } else {
            prepare();
        }
    }

    @Override
    public void prepared(PrepareRound round) {
        Optional<Proposal> unsettled = round.unsettled();
        if (unsettled.isPresent()) {
            propose(round, unsettled.get().record());
            return;
        }
        newest = context.time().asItReads(round.newest());
        expired = newest != round.newest();
        majorityHolds = !expired && round.holders(newest.version()) >= required;
        if (majorityHolds || level() == ConsistencyLevel.QUORUM) {
            finish(new Outcome.Read(newest, evidence));
        } else if (expired) {
            propose(round, newest);
        } else {
            writeBack(required);
            writeBack.startEverywhere();
        }
    }

    @Override
    public void accepted(AcceptRound round) {
        chosen(round.record());
    }

    private void chosen(Record record) {
        newest = record;
        if (level() == ConsistencyLevel.ALL) {
            writeBack(required);
            writeBack.startEverywhere();
        } else {
            spread(record);
            finish(new Outcome.Read(record, evidence));
        }
    }

    @Override
    protected void contended() {
        finish(new Outcome.Refused(Outcome.RefusalReason.CONTENTION, evidence));
    }

    @Override
    protected void missed(Round round) {
        finish(noQuorum());
    }

    private void answer(QueryRound round) {
        Version version = round.newest();
        Optional<Record> record = round.record(version);
        if (record.isEmpty()) {
            // The replica asked for the content is behind. Ask everyone for it: one more round, and it is rare.
            query(QueryRound.ContentSource.FROM_ALL);
            return;
        }
        newest = context.time().asItReads(record.get());
        expired = newest != record.get();
        int holders = round.holders(newest.version());
        majorityHolds = holders >= required;
        boolean writesBack = level() == ConsistencyLevel.LINEARIZABLE || level() == ConsistencyLevel.ALL;
        if (writesBack && expired) {
            prepare();
        } else if (writesBack && !majorityHolds) {
            writeBack(required);
            writeBack.startWriteBack(round, replica -> round.holds(replica, newest.version()));
        } else if (writesBack && round.askedReturned() && holders < round.acks()) {
            writeBack(round.acks());
            writeBack.startWriteBack(round, replica -> round.holds(replica, newest.version()));
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

    private void writeBack(int copies) {
        writeBack = new StoreRound(context, replicas, copies, key, newest, this);
        evidence.add(writeBack);
        evidence.lastRoundRepaired();
    }

    private void repairBehindTheAnswer(QueryRound round) {
        for (Exchange exchange : round.exchanges()) {
            repairIfStale(exchange);
        }
        fillBehindTheAnswer();
    }

    /** What is being filled shows nothing, so that it cannot be told whether it has the record; it knows itself. */
    private void fillBehindTheAnswer() {
        if (newest.equals(Record.NEVER_WRITTEN)) {
            return;
        }
        for (ReplicaClient replica : replicas) {
            if (replica.votingStatus() == VotingStatus.FILLING
                    && replica.reachability().isReachable()) {
                replica.ask(new StoreRequest(key, newest), 0, IgnoredAnswers.INSTANCE);
            }
        }
    }

    /** A value found expired was chosen by nobody to be gone: that is for a linearizable read. */
    private void repairIfStale(Exchange exchange) {
        boolean stale = !expired
                && exchange.version()
                        .map(version -> newest.version().isAfter(version))
                        .orElse(false);
        if (stale) {
            context.repairs().countBackground();
            exchange.replica().ask(new StoreRequest(key, newest), 0, IgnoredAnswers.INSTANCE);
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
        context.repairs().countForeground(evidence.repaired().size());
        finish(new Outcome.Read(newest, evidence));
    }

    @Override
    public void storeMissed(StoreRound round) {
        finish(withoutWriteBack());
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return withoutWriteBack();
    }

    /** Enough replicas may hold what was found all the same, if the write-back was only a courtesy. */
    private Outcome withoutWriteBack() {
        return majorityHolds ? new Outcome.Read(newest, evidence) : noQuorum();
    }

    @Override
    protected void abandon() {
        super.abandon();
        query.abandon();
        if (writeBack != null) {
            writeBack.abandon();
        }
    }
}
