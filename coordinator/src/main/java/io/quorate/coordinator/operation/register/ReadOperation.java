package io.quorate.coordinator.operation.register;

import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerGrace;
import io.quorate.coordinator.operation.consensus.ProposerOperation;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.StoreRound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A read. It learns the newest version R from a majority. If a majority already holds R, R is the answer, in one round.
 * Otherwise R may be a write in progress, or one that its coordinator did not live to finish. The read stores R back
 * until a majority holds it, and then answers. So no later read can miss what this one showed (I7, I8).
 *
 * <p>A replica may have accepted a conditional write above R, which may have been chosen. If the answers show that it
 * was chosen, it is the answer. Otherwise its proposer may be at work, and the read looks again a few times. If that
 * changes nothing, the read finishes the proposal, as its proposer may be gone.
 *
 * <p>The read replaces a value whose life is over by this coordinator's time, also one that is chosen and in no
 * register yet. Its expiry, a tombstone in the place of a conditional write, is chosen before the read reports that
 * there is nothing. So a coordinator with another clock finds the tombstone, and none can show the value again.
 *
 * <p>One replica, the local one if there is any, is asked for the content, the others only for versions. Stale replicas
 * that were not needed are repaired after the answer (I13). A replica that came back a short while ago is repaired
 * before the answer, so that a person who watches sees it. The read waits a moment at most for that.
 */
public final class ReadOperation extends ProposerOperation
        implements QueryRound.QueryListener, StoreRound.StoreListener {
    private final OperationContext operationContext;
    private final boolean settles;
    private final ProposerGrace grace;
    private QueryRound query;
    private StoreRound writeBack;
    private StoreRound base;
    private Record newest;
    /** The lowest age among the replies that showed the newest record (C3). */
    private long evidenceAge;

    private boolean majorityHolds;
    /** The round whose answers showed that a majority holds the newest record. */
    private Round shownBy;

    private boolean expired;

    public ReadOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            VersionMint versions,
            Consumer<Outcome> listener) {
        this(operationContext, key, options, versions, false, listener);
    }

    /**
     * @param settles whether it ends with a vote for the register at all replicas, so that none of them keeps a
     *     proposal that was not chosen. The read itself asks only a majority, and may not meet such a proposal
     */
    public ReadOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            VersionMint versions,
            boolean settles,
            Consumer<Outcome> listener) {
        super(operationContext, key, options, versions, listener);
        this.operationContext = operationContext;
        this.settles = settles;
        this.grace = new ProposerGrace(context.clock(), options.timeoutMs());
    }

    @Override
    protected void begin() {
        query(QueryRound.ContentSource.FROM_FIRST);
    }

    private void query(QueryRound.ContentSource content) {
        query = new QueryRound(context, replicas, operationContext.preference(), required, key, content, this);
        query.demand(demandedAge());
        evidence.add(query);
        query.start();
    }

    @Override
    public void queried(QueryRound round) {
        if (level() != ConsistencyLevel.ONE && round.isDoubtful()) {
            beginAnew(round.highestAge());
            return;
        }
        Optional<Proposal> unsettled = level() == ConsistencyLevel.ONE ? Optional.empty() : round.unsettled();
        if (unsettled.isEmpty()) {
            settled(round);
        } else if (round.acceptors(unsettled.get()) >= majority) {
            chosen(unsettled.get().record(), round.evidenceAge());
        } else {
            lookAgainOrPrepare(unsettled.get());
        }
    }

    /** What was read may have been deleted and forgotten meanwhile (C4, C7). */
    private void beginAnew(long age) {
        demand(age);
        newest = null;
        writeBack = null;
        majorityHolds = false;
        query(QueryRound.ContentSource.FROM_FIRST);
    }

    private void lookAgainOrPrepare(Proposal unsettled) {
        OptionalLong pauseMs = grace.nextPauseMs();
        if (pauseMs.isPresent()) {
            pause(pauseMs.getAsLong(), () -> query(QueryRound.ContentSource.FROM_FIRST));
        } else {
            saw(unsettled.ballot());
            prepare();
        }
    }

    /** The proposer that preempted this read is at work. So the read looks before it prepares once more. */
    @Override
    protected void tryAgain() {
        yieldThen(() -> query(QueryRound.ContentSource.FROM_FIRST));
    }

    @Override
    public void prepared(PrepareRound round) {
        Optional<Proposal> unsettled = round.unsettled();
        if (unsettled.isPresent()) {
            propose(round, unsettled.get().record());
            return;
        }
        found(round.newest(), round.holders(round.newest().version()), round.evidenceAge());
        shownBy = round;
        if (expired && level() != ConsistencyLevel.QUORUM) {
            propose(round, newest);
            return;
        }
        if (showsSuperseded(round)) {
            if (round.wasPreempted() && hasAttemptsLeft()) {
                yieldOrGiveUp(round);
                return;
            }
            dropSuperseded(round);
        }
        if (majorityHolds || level() == ConsistencyLevel.QUORUM) {
            answer();
        } else {
            writeBack(required);
            writeBack.startEverywhere();
        }
    }

    /**
     * A replica may have accepted a proposal that a later vote superseded, while it was away. It would show the
     * proposal to each read, for ever.
     */
    private boolean showsSuperseded(PrepareRound promises) {
        return settles
                || query.unsettled()
                        .filter(proposal -> proposal.record().isNewerThan(promises.newest()))
                        .isPresent();
    }

    /**
     * The promises prove that nothing above their newest register was chosen. So a vote for that register, under this
     * ballot, makes a replica forget the proposal that it shows. The read waits for no vote. A replica that has
     * promised a later ballot would refuse it, and so the read first takes a ballot above that.
     */
    private void dropSuperseded(PrepareRound promises) {
        Accept vote = new Accept(key, new Proposal(promises.ballot(), promises.newest()));
        for (ReplicaClient replica : replicas) {
            if (replica.reachability().isReachable()) {
                replica.ask(vote, 0, IgnoredAnswers.INSTANCE);
            }
        }
    }

    @Override
    public void accepted(AcceptRound round) {
        chosen(round.record(), promisedAge());
    }

    /** A chosen record may be over before any register has it, as its coordinator may be gone. */
    private void chosen(Record record, long shownUnder) {
        found(record, 0, shownUnder);
        if (expired && level() != ConsistencyLevel.QUORUM) {
            storeBeforeItsExpiry(record);
        } else if (level() == ConsistencyLevel.ALL) {
            writeBack(required);
            writeBack.startEverywhere();
        } else {
            spread(record, shownUnder);
            answer();
        }
    }

    /**
     * An expiry goes directly above a register. So a majority has to hold the value first. Then promises show it.
     * Without that, the promises of other replicas may hide the value, and the one that holds it would show it to each
     * read, for ever.
     */
    private void storeBeforeItsExpiry(Record value) {
        base = storeRound(majority, value);
        evidence.add(base);
        base.startEverywhere();
    }

    private StoreRound storeRound(int copies, Record record) {
        return new StoreRound(context, replicas, copies, List.of(StoreRequest.repair(key, record, evidenceAge)), this);
    }

    /** Notes the newest record that is certain, as it reads now, and whether enough replicas hold it. */
    private void found(Record record, int holders, long shownUnder) {
        evidenceAge = shownUnder;
        newest = context.time().asItReads(record);
        expired = newest != record;
        majorityHolds = !expired && holders >= required;
    }

    /** Each path ends here: what was found needs no round any more. */
    private void answer() {
        finish(new Outcome.Read(newest, evidence));
    }

    @Override
    protected void contended() {
        finish(new Outcome.Refused(Outcome.RefusalReason.CONTENTION, evidence));
    }

    @Override
    protected void missed(Round round) {
        finish(refused(round));
    }

    /** No proposal is under way: the newest register is the answer, once enough replicas hold it. */
    private void settled(QueryRound round) {
        Version version = round.newest();
        Optional<Record> record = round.record(version);
        if (record.isEmpty()) {
            // The replica that was asked for the content is behind, which is rare. One more round asks all for it.
            query(QueryRound.ContentSource.FROM_ALL);
            return;
        }
        int holders = round.holders(version);
        found(record.get(), holders, round.evidenceAge());
        shownBy = round;
        boolean writesBack = level() == ConsistencyLevel.LINEARIZABLE || level() == ConsistencyLevel.ALL;
        if (writesBack && expired && holders < majority) {
            storeBeforeItsExpiry(record.get());
        } else if (writesBack && (expired || settles)) {
            prepare();
        } else if (writesBack && !majorityHolds) {
            writeBack(required);
            writeBack.startWriteBack(round, replica -> round.holds(replica, newest.version()));
        } else if (writesBack && round.askedReturned() && holders < round.acks()) {
            writeBack(round.acks());
            writeBack.startWriteBack(round, replica -> round.holds(replica, newest.version()));
            writeBack.later(QueryRound.PATIENCE_MS, this::losePatience);
        } else {
            answer();
            repairBehindTheAnswer(round);
        }
    }

    private void losePatience() {
        writeBack.abandon();
        storeMissed(writeBack);
    }

    private void writeBack(int copies) {
        writeBack = storeRound(copies, newest);
        evidence.add(writeBack);
        evidence.lastRoundRepaired();
    }

    private void repairBehindTheAnswer(QueryRound round) {
        for (Exchange exchange : round.exchanges()) {
            repairIfStale(exchange);
        }
        fillBehindTheAnswer();
    }

    /** A replica that is being filled shows no versions. It gets the record, and ignores one that it already has. */
    private void fillBehindTheAnswer() {
        if (newest.equals(Record.NEVER_WRITTEN)) {
            return;
        }
        for (ReplicaClient replica : replicas) {
            if (replica.votingStatus() == VotingStatus.FILLING
                    && replica.reachability().isReachable()) {
                replica.ask(StoreRequest.repair(key, newest, evidenceAge), 0, IgnoredAnswers.INSTANCE);
            }
        }
    }

    /** The expiry of a value has to be chosen first, by a linearizable read. */
    private void repairIfStale(Exchange exchange) {
        boolean stale = !expired
                && exchange.version()
                        .map(version -> newest.version().isAfter(version))
                        .orElse(false);
        if (stale) {
            context.repairs().countBackground();
            exchange.replica().ask(StoreRequest.repair(key, newest, evidenceAge), 0, IgnoredAnswers.INSTANCE);
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
        finish(refused(round));
    }

    @Override
    public void stored(StoreRound round) {
        if (round == base) {
            prepare();
            return;
        }
        context.repairs().countForeground(evidence.repaired().size());
        answer();
    }

    @Override
    public void storeMissed(StoreRound round) {
        if (round.outdatedBy() > 0 && !majorityHolds) {
            beginAnew(round.outdatedBy());
        } else {
            finish(withoutWriteBack(refusalReason(round)));
        }
    }

    /** A round that was not to change the answer may be under way. */
    @Override
    protected Outcome outcomeAtDeadline() {
        if (majorityHolds && writeBack == null) {
            evidence.restsOn(shownBy);
        }
        return withoutWriteBack(reasonAtDeadline());
    }

    /** A write-back to a replica that came back is optional: enough other replicas may hold what was found. */
    private Outcome withoutWriteBack(Outcome.RefusalReason reason) {
        return majorityHolds ? new Outcome.Read(newest, evidence) : new Outcome.Refused(reason, evidence);
    }

    /** Between two rounds, the read lets another proposer have its turn. */
    @Override
    protected boolean waitsForOthers() {
        return lastRound().filter(Round::isDecided).isPresent();
    }

    @Override
    protected void abandon() {
        super.abandon();
        query.abandon();
        if (base != null) {
            base.abandon();
        }
        if (writeBack != null) {
            writeBack.abandon();
        }
    }
}
