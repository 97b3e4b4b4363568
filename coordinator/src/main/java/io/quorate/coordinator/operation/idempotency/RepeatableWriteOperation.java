package io.quorate.coordinator.operation.idempotency;

import io.quorate.common.model.Conclusion;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.coordinator.operation.Assignment;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Reason;
import io.quorate.coordinator.operation.Terms;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.ProposerOperation;
import io.quorate.coordinator.operation.consensus.Turns;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Concluded;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.KeyReused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.MayBeRefused;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Open;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Unfinished;
import io.quorate.coordinator.operation.idempotency.RequestJudgement.Verdict;
import io.quorate.coordinator.round.AcceptRound;
import io.quorate.coordinator.round.PrepareRound;
import io.quorate.coordinator.round.Round;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt at a write with an idempotency key: a conditional write, also if there is no condition, of which each replica
 * remembers what it acknowledged. Whatever was before, by this attempt or by others, at this coordinator or elsewhere, it
 * learns from a majority of promises ({@link RequestJudgement}), so that it need not remember anything itself:
 *
 * <ul>
 *   <li>an answer that is known is given again;
 *   <li>what may have been chosen is finished, unchanged;
 *   <li>only if nothing can have been, the condition is judged and a record proposed, or the refusal concluded: on a
 *       majority, under the ballot, before anyone is told.
 * </ul>
 *
 * A plain STORE cannot be fenced: one that was sent may arrive after a retry has decided that nothing happened. Therefore
 * the first effect of such a write is never one.
 */
public final class RepeatableWriteOperation extends ProposerOperation implements ConcludeRound.Listener {
    private final Content content;
    private final Optional<Precondition> precondition;
    private final Repeatable repeatable;
    private final Turns turns;
    private final Runnable turn = this::prepare;
    private Optional<PrepareRound> waitingFor = Optional.empty();
    private Optional<Conclusion> own = Optional.empty();
    private AcceptRound acceptance;
    private Conclusion concluding;

    /** Whether this attempt may have had an effect since it last judged. */
    private boolean mayBeApplied;

    /** Whether no attempt had had one when it did. */
    private boolean nothingBefore;

    public RepeatableWriteOperation(
            Assignment assignment,
            Key key,
            Terms terms,
            Content content,
            Optional<Precondition> precondition,
            Repeatable repeatable,
            VersionMint versions,
            Turns turns,
            Consumer<Outcome> listener) {
        super(assignment, key, terms, versions, listener);
        this.content = content;
        this.precondition = precondition;
        this.repeatable = repeatable;
        this.turns = turns;
    }

    @Override
    public void begin() {
        turns.enter(key, turn);
    }

    @Override
    public void ended() {
        turns.leave(key, turn);
    }

    @Override
    public RequestId named() {
        return repeatable.request();
    }

    @Override
    public void prepared(PrepareRound round) {
        RequestJudgement judgement = new RequestJudgement(
                repeatable.request(),
                replicas.size(),
                majority,
                surroundings.time().nowMs());
        act(judgement.judge(round.promises().toList(), repeatable.fingerprint()), round);
    }

    private void act(Verdict verdict, PrepareRound round) {
        waitingFor = Optional.empty();
        if (verdict instanceof KeyReused) {
            finish(new Outcome.Refused(Reason.KEY_REUSED, evidence));
        } else if (verdict instanceof Concluded concluded) {
            answer(concluded.conclusion());
        } else if (verdict instanceof Unfinished unfinished) {
            finishProposal(unfinished.record());
        } else if (verdict instanceof MayBeRefused refused) {
            nothingWasApplied();
            conclude(refused.refusal(), round.newest());
        } else if (verdict instanceof Open) {
            awaitMore(round);
        } else {
            nothingWasApplied();
            begin(round.newest());
        }
    }

    private void nothingWasApplied() {
        mayBeApplied = false;
        nothingBefore = true;
    }

    private void finishProposal(Record record) {
        if (isOwn(record)) {
            acceptance = propose(record);
        } else {
            propose(record);
        }
    }

    private boolean isOwn(Record record) {
        return record.request().equals(repeatable.request());
    }

    /** Those that have not promised yet may know more; once nobody is left to answer, this attempt learns no more. */
    private void awaitMore(PrepareRound round) {
        nothingBefore = false;
        if (!round.everyoneAnswered()) {
            waitingFor = Optional.of(round);
        } else if (round.wasPreempted()) {
            prepareMissed(round);
        } else {
            finish(new Outcome.Unknown(true, evidence));
        }
    }

    @Override
    public void answeredLate(PrepareRound round) {
        if (!isFinished() && waitingFor.isPresent() && waitingFor.get() == round) {
            prepared(round);
        }
    }

    /** Nothing has become of the request yet, nor will under a lower ballot. */
    private void begin(Record newest) {
        Record read = surroundings.time().asItReads(newest);
        boolean holds = precondition
                .map(condition -> condition.holds(newest.version(), newest.isTombstone()))
                .orElse(true);
        if (read != newest) {
            propose(read);
        } else if (holds) {
            Record record = new Record(
                    newest.version().nextStep(),
                    content,
                    repeatable.request(),
                    Optional.of(receipt(newest.isTombstone())));
            own = Optional.of(Conclusion.of(record));
            acceptance = propose(record);
        } else {
            Conclusion refusal = Conclusion.refused(newest.version(), receipt(false));
            own = Optional.of(refusal);
            conclude(refusal, newest);
        }
    }

    private Receipt receipt(boolean created) {
        long untilMs = surroundings.time().nowMs() + repeatable.retentionMs();
        return new Receipt(repeatable.fingerprint(), created, untilMs);
    }

    private void conclude(Conclusion refusal, Record refuting) {
        concluding = refusal;
        start(new ConcludeRound(
                surroundings, replicas, majority, key, ballot(), repeatable.request(), refusal, refuting, this));
    }

    @Override
    public void concluded(ConcludeRound round) {
        answer(concluding);
    }

    @Override
    public void concludeMissed(ConcludeRound round) {
        yieldOrGiveUp(round);
    }

    @Override
    public void accepted(AcceptRound round) {
        spread(round.record());
        if (round == acceptance) {
            answer(Conclusion.of(round.record()));
        } else {
            prepare();
        }
    }

    @Override
    public void acceptMissed(AcceptRound round) {
        if (round == acceptance) {
            mayBeApplied |= round.mayHaveHadEffect();
            acceptance = null;
        }
        super.acceptMissed(round);
    }

    private void answer(Conclusion conclusion) {
        Optional<Conclusion> repeated = Optional.of(conclusion).filter(each -> !own.equals(Optional.of(each)));
        finish(
                conclusion.isRefusal()
                        ? new Outcome.ConditionFailed(conclusion.version(), repeated.isPresent(), evidence)
                        : new Outcome.Applied(
                                conclusion.version(), conclusion.receipt().created(), repeated, evidence));
    }

    @Override
    public void contended() {
        finish(unlessApplied(Reason.CONTENTION));
    }

    @Override
    public void missed(Round round) {
        finish(mayBeApplied() ? new Outcome.Unknown(evidence) : refused(round));
    }

    @Override
    public Outcome outcomeAtDeadline() {
        if (waitingFor.isPresent()) {
            return new Outcome.Unknown(true, evidence);
        }
        boolean waits = evidence.rounds().isEmpty() || wasPreempted();
        return unlessApplied(waits ? Reason.CONTENTION : Reason.NO_QUORUM);
    }

    private boolean mayBeApplied() {
        return mayBeApplied || acceptance != null && acceptance.mayHaveHadEffect();
    }

    /** That nothing was applied at all, and not only by this attempt, is to be proven before contention is blamed. */
    private Outcome unlessApplied(Reason reason) {
        boolean isSaid = !mayBeApplied() && (reason != Reason.CONTENTION || nothingBefore);
        return isSaid ? new Outcome.Refused(reason, evidence) : new Outcome.Unknown(evidence);
    }
}
