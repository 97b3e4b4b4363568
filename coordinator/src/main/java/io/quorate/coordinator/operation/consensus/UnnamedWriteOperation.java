package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Invariant;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.QueryRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.StoreRound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A change that the client gave no name: it has no idempotency key. PREPARE a majority, judge the change on the newest
 * register R, propose R's version with one more step. A majority of ACCEPT acks ends it: two rounds without contention.
 * A proposal above R that another operation left behind is finished first, unchanged, as it may have been chosen.
 *
 * <p>The proposal gets one version in its life (I9). If it was preempted, the next attempt finds out what became of it:
 *
 * <ul>
 *   <li>R is still the register that it was judged on, or the key is still absent: propose the identical one again. A
 *       tombstone below the proposal is one that others have forgotten, and proves nothing.
 *   <li>R is at its version and bears this request's id: it was chosen.
 *   <li>R is at its version and bears another id, or is another one below it: another one was chosen on the same
 *       register (I3). This one never will be, and the change is judged anew.
 *   <li>R is above its version, or the key is absent and its floor is: it may have been there before, or never. The
 *       outcome is unknown.
 * </ul>
 *
 * <p>Before it prepares again, it looks: a QUERY preempts nobody, and mostly shows that another write was chosen
 * ({@link Look}). What it shows answers all conditional writes in the queue that came before it began (I8).
 *
 * <p>A value whose life is over is first replaced by its expiry, as a read does. A refusal is reported only once a
 * majority holds the register that the change was refused on, so that no later read can miss it (I7).
 */
public abstract class UnnamedWriteOperation extends ConsensusWriteOperation
        implements StoreRound.StoreListener, QueryRound.QueryListener {
    private final int[] preference;
    private final ProposerGrace grace;

    /** The proposal that may be accepted, while one may be. */
    private Record proposed;

    /** The version of the register that the proposal was judged on. */
    private Version judgedOn = Version.ZERO;

    private boolean created;
    private StoreRound writeBack;
    private QueryRound look;
    private WaitingTurns waitingSinceLook = WaitingTurns.NONE;
    private Runnable afterLook = this::prepare;
    private boolean leavesOtherAlone;
    private Version refuting;
    private Optional<QueryRound> lookOfAnother = Optional.empty();

    protected UnnamedWriteOperation(
            OperationContext operationContext,
            OperationOptions options,
            Key key,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, options, key, versions.nextRequest(), versions, queues, listener);
        this.preference = operationContext.preference();
        this.grace = new ProposerGrace(context.clock(), options.timeoutMs());
    }

    /** The content that this write makes of a register, or empty if it is refused on it. */
    protected abstract Optional<Content> contentOn(Record register);

    /** Whether this write is refused on a register with this version, whatever the register's content. */
    protected boolean isRefusedOn(Version version, boolean absent) {
        return false;
    }

    @Override
    protected final void act(PrepareRound promises) {
        Optional<Record> unsettled = promises.unsettled().map(Proposal::record);
        Optional<Record> own = unsettled.filter(this::isOwn);
        Invariant.require(own.isEmpty() || mayBeAccepted(), "what a replica accepted may be chosen (I4)");
        if (unsettled.isPresent() && own.isEmpty()) {
            proposeFirst(promises, unsettled.get());
        } else if (mayBeAccepted()) {
            resume(promises);
        } else {
            judge(promises);
        }
    }

    private void resume(PrepareRound promises) {
        Record newest = promises.newest();
        int order = proposed.version().compareTo(promises.base().version());
        if (isOwn(newest)) {
            Invariant.require(newest.version().equals(proposed.version()), "a request has one version (I9)");
            chosen(proposed, promises.evidenceAge());
        } else if (order > 0 && isStillWhatItWasJudgedOn(newest)) {
            proposeOwn(promises, proposed);
        } else if (order >= 0) {
            // Another proposal was chosen on the same register. Under another floor it has another version (C6).
            Invariant.require(promises.unsettled().isEmpty(), "what a promise shows may be chosen (I4)");
            ruleOut(promises);
            judge(promises);
        } else {
            finish(new Outcome.Unknown(true, evidence));
        }
    }

    /**
     * Only an absent key has room for a register between what the proposal was judged on and the proposal: its base is
     * a floor. If that register is a tombstone, others have forgotten it, and the key is as absent as before. A replica
     * that these promises leave out may have accepted the proposal.
     */
    private boolean isStillWhatItWasJudgedOn(Record newest) {
        return newest.isTombstone() || !newest.version().isAfter(judgedOn);
    }

    /**
     * A register at or above the proposal may be there because the proposal was chosen. So may the floor of an absent
     * key: the proposal may have been chosen, deleted and forgotten (C5).
     */
    @Override
    protected final boolean mayHaveAccepted(Promise promise) {
        boolean isShown =
                promise.accepted().map(Proposal::record).filter(this::isOwn).isPresent();
        return isShown || mayBeAccepted() && !proposed.isNewerThan(Promise.base(List.of(promise)));
    }

    @Override
    protected final Optional<Record> successorOf(Record register, Version base) {
        Optional<Record> record = contentOn(register).map(content -> new Record(base.nextStep(), content, request()));
        if (record.isPresent()) {
            created = register.isTombstone();
            judgedOn = register.version();
            proposed = record.get();
        }
        return record;
    }

    @Override
    protected final void chosen(Record record, long evidenceAge) {
        spread(record, evidenceAge);
        conclude(new Outcome.Applied(record.version(), created, evidence));
    }

    @Override
    protected final void refute(PrepareRound promises) {
        Record newest = promises.newest();
        refuting = newest.version();
        if (promises.holders(refuting) >= majority) {
            refused();
        } else {
            writeBack = new StoreRound(
                    context,
                    replicas,
                    majority,
                    List.of(StoreRequest.repair(key, newest, promises.evidenceAge())),
                    this);
            evidence.add(writeBack);
            writeBack.startEverywhere();
        }
    }

    private void refused() {
        conclude(new Outcome.ConditionFailed(refuting, evidence));
    }

    @Override
    public final void stored(StoreRound round) {
        refused();
    }

    @Override
    public final void storeMissed(StoreRound round) {
        if (round.outdatedBy() > 0) {
            demand(round.outdatedBy());
            writeBack = null;
            prepare();
        } else {
            missed(round);
        }
    }

    /**
     * This write looks before it prepares again: if the other proposer's record is chosen by then, a PREPARE would only
     * be in the way of the next one. A proposal of its own that may be accepted is looked after at once too. The other
     * proposer needs about one round to have its own chosen. Then the register is at the version of this proposal, and
     * shows whose it is. Two versions later it does not, and the outcome would be unknown.
     */
    @Override
    protected final void tryAgain() {
        if (mayBeAccepted()) {
            look(this::lookLater);
        } else {
            lookLater();
        }
    }

    private void lookLater() {
        yieldThen(this::lookAndPrepare);
    }

    protected final void lookAndPrepare() {
        look(this::prepare);
    }

    /** Asks for the content only to find out what became of a proposal: the record bears the id of its request. */
    private void look(Runnable next) {
        QueryRound.ContentSource content =
                mayBeAccepted() ? QueryRound.ContentSource.FROM_ALL : QueryRound.ContentSource.FROM_NONE;
        afterLook = next;
        leavesOtherAlone = false;
        waitingSinceLook = waitingTurns();
        look = new QueryRound(context, replicas, preference, majority, key, content, this);
        look.demand(demandedAge());
        evidence.add(look);
        look.start();
    }

    @Override
    public final void queried(QueryRound round) {
        Look seen = new Look(round, majority, context.time());
        if (mayBeAccepted() && isFoundChosen(seen, round.evidenceAge())) {
            return;
        }
        seen.observation().ifPresent(waitingSinceLook::learn);
        if (!isFinished()) {
            leaveAlone(seen.underWay().filter(record -> !isOwn(record)));
        }
    }

    private boolean isFoundChosen(Look seen, long evidenceAge) {
        Optional<Record> there = seen.record(proposed.version());
        if (there.filter(this::isOwn).isPresent()) {
            chosen(proposed, evidenceAge);
            return true;
        }
        if (there.filter(UnnamedWriteOperation::isOfARequest).isPresent()) {
            ruleOutAll();
        }
        return false;
    }

    /** The proposer of a proposal under way is mostly about to succeed. */
    private void leaveAlone(Optional<Record> underWay) {
        OptionalLong pauseMs = underWay.isPresent() ? grace.nextPauseMs() : OptionalLong.empty();
        leavesOtherAlone = pauseMs.isPresent();
        if (leavesOtherAlone) {
            pause(pauseMs.getAsLong(), this::lookAndPrepare);
        } else {
            afterLook.run();
        }
    }

    /** A proposal that may be accepted may still be chosen, unless the register is above it. */
    @Override
    protected final void learned(Observation observation) {
        if (isFinished()) {
            return;
        }
        if (mayBeAccepted()) {
            if (observation.version().isAfter(proposed.version())) {
                finish(new Outcome.Unknown(true, evidence));
            }
        } else if (isRefusedOn(observation.version(), observation.absent())) {
            cite(observation.shownBy());
            refuting = observation.version();
            refused();
        }
    }

    private void cite(QueryRound shownBy) {
        if (shownBy != look) {
            lookOfAnother = Optional.of(shownBy);
            evidence.add(shownBy);
        }
    }

    /** The one that made another's look gives back its memory. */
    @Override
    protected final List<Round> ownRounds() {
        return evidence.rounds().stream()
                .filter(round -> !lookOfAnother.equals(Optional.of(round)))
                .toList();
    }

    /** Of a forgotten delete no request is known, and of an expiry none. */
    private static boolean isOfARequest(Record record) {
        return !record.request().equals(RequestId.NONE);
    }

    @Override
    public final void queryMissed(QueryRound round) {
        afterLook.run();
    }

    @Override
    public final void queriedLate(QueryRound round, Exchange exchange) {}

    @Override
    protected final boolean waitsForOthers() {
        return writeBack == null && (leavesOtherAlone || super.waitsForOthers());
    }

    @Override
    protected void abandon() {
        super.abandon();
        if (writeBack != null) {
            writeBack.abandon();
        }
        if (look != null) {
            look.abandon();
        }
    }
}
