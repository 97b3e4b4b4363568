package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.StoreRound;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compare-and-set: PREPARE a majority, judge the condition on the newest register R, propose R's version with one more
 * step, and done at a majority of ACCEPT acks; two rounds when nobody contends. A proposal above R that others left behind
 * is finished first, unchanged, as it may have been chosen.
 *
 * <p>The proposal gets one version in its life. If it was preempted, the next attempt finds out what became of it:
 *
 * <ul>
 *   <li>R below its version: propose the identical one again;
 *   <li>R at its version: chosen if R bears this request's id; otherwise another one was chosen on the same base, this one
 *       never will be, and the condition is judged anew;
 *   <li>R above its version: it may have been there before, or never: unknown.
 * </ul>
 *
 * A value whose life is over is first replaced by its expiry, as a read does. A condition that does not hold is told only once a majority holds the register that refutes it: what a client was told
 * must not be forgotten.
 */
public final class ConditionalWriteOperation extends ProposerOperation implements StoreRound.StoreListener {
    private final Content content;
    private final Precondition precondition;
    private final RequestId request;
    private final ProposerQueues queues;
    private final Runnable reason = this::prepare;
    private Optional<Record> proposal = Optional.empty();
    private boolean mayBeAccepted;
    private AcceptRound acceptance;
    private StoreRound writeBack;
    private Version refuting;
    private boolean created;

    public ConditionalWriteOperation(
            OperationContext operationContext,
            Key key,
            OperationOptions options,
            Content content,
            Precondition precondition,
            VersionMint versions,
            ProposerQueues queues,
            Consumer<Outcome> listener) {
        super(operationContext, key, options, versions, listener);
        this.content = content;
        this.precondition = precondition;
        this.request = versions.nextRequest();
        this.queues = queues;
    }

    @Override
    public void begin() {
        queues.enter(key, reason);
    }

    @Override
    public void ended() {
        queues.leave(key, reason);
    }

    @Override
    public void prepared(PrepareRound round) {
        Optional<Record> unsettled = round.unsettled().map(Proposal::record);
        if (unsettled.isPresent() && !isOwn(unsettled.get())) {
            propose(unsettled.get());
        } else if (proposal.isPresent()) {
            resume(round, proposal.get());
        } else {
            judge(round);
        }
    }

    private void resume(PrepareRound round, Record proposed) {
        Record newest = round.newest();
        int order = proposed.version().compareTo(newest.version());
        if (order > 0) {
            proposeOwn(proposed);
        } else if (isOwn(newest)) {
            chosen(proposed);
        } else if (order == 0) {
            forget();
            judge(round);
        } else {
            finish(new Outcome.Unknown(true, evidence));
        }
    }

    private boolean isOwn(Record record) {
        return record.request().equals(request);
    }

    private void forget() {
        proposal = Optional.empty();
        mayBeAccepted = false;
    }

    private void judge(PrepareRound round) {
        Record newest = round.newest();
        Record read = context.time().asItReads(newest);
        if (read != newest) {
            propose(read);
        } else if (precondition.holds(newest.version(), newest.isTombstone())) {
            created = newest.isTombstone();
            proposeOwn(new Record(newest.version().nextStep(), content, request));
        } else if (round.holders(newest.version()) >= majority) {
            finish(new Outcome.ConditionFailed(newest.version(), evidence));
        } else {
            writeBack(newest);
        }
    }

    private void proposeOwn(Record record) {
        proposal = Optional.of(record);
        acceptance = propose(record);
    }

    @Override
    public void accepted(AcceptRound round) {
        if (round == acceptance) {
            chosen(round.record());
        } else {
            spread(round.record());
            prepare();
        }
    }

    private void chosen(Record record) {
        spread(record);
        finish(new Outcome.Applied(record.version(), created, evidence));
    }

    @Override
    public void acceptMissed(AcceptRound round) {
        if (round == acceptance) {
            mayBeAccepted |= round.mayHaveHadEffect();
            if (!mayBeAccepted) {
                forget();
            }
            acceptance = null;
        }
        super.acceptMissed(round);
    }

    private void writeBack(Record newest) {
        refuting = newest.version();
        writeBack = new StoreRound(context, replicas, majority, key, newest, this);
        evidence.add(writeBack);
        writeBack.startEverywhere();
    }

    @Override
    public void stored(StoreRound round) {
        finish(new Outcome.ConditionFailed(refuting, evidence));
    }

    @Override
    public void storeMissed(StoreRound round) {
        missed(round);
    }

    @Override
    public void contended() {
        finish(unlessApplied(RefusalReason.CONTENTION));
    }

    @Override
    public void missed(Round round) {
        finish(mayBeApplied() ? new Outcome.Unknown(evidence) : refused(round));
    }

    @Override
    public Outcome outcomeAtDeadline() {
        boolean waits = writeBack == null && (evidence.rounds().isEmpty() || wasPreempted());
        return unlessApplied(waits ? RefusalReason.CONTENTION : RefusalReason.NO_QUORUM);
    }

    private boolean mayBeApplied() {
        return mayBeAccepted || acceptance != null && acceptance.mayHaveHadEffect();
    }

    private Outcome unlessApplied(RefusalReason reason) {
        return mayBeApplied() ? new Outcome.Unknown(evidence) : new Outcome.Refused(reason, evidence);
    }

    @Override
    public void abandon() {
        super.abandon();
        if (writeBack != null) {
            writeBack.abandon();
        }
    }
}
