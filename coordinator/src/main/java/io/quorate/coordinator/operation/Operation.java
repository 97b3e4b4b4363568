package io.quorate.coordinator.operation;

import io.quorate.common.thread.Defects;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.function.ContentChange;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One request of a client, from its start to its one outcome. The outcome comes before the deadline, even if no replica
 * answers.
 *
 * <p>A part of the operation may throw, which is a defect of Quorate. Then the operation ends, and no other one
 * notices. Its outcome is the one at the deadline, with {@link RefusalReason#DEFECT} as the reason of a refusal.
 */
public abstract class Operation {
    protected final RoundContext context;
    protected final List<ReplicaClient> replicas;
    protected final int majority;
    protected final int required;
    protected final Evidence evidence;
    private final OperationOptions options;
    private final Consumer<Outcome> listener;
    private Timer deadline;
    private long deadlineNs;
    private boolean finished;

    @SuppressWarnings("this-escape") // nobody calls crashed before start
    protected Operation(OperationContext operationContext, OperationOptions options, Consumer<Outcome> listener) {
        this.context = operationContext.roundContext().forOperation(this::patienceMs, this::crashed);
        this.replicas = operationContext.replicas();
        this.majority = operationContext.sizes().majority();
        this.required = options.level().required(replicas.size(), majority);
        this.evidence = new Evidence(
                operationContext.coordinator(),
                replicas,
                required,
                context.clock().monotonicNs());
        this.options = options;
        this.listener = listener;
    }

    public final void start() {
        deadlineNs = context.clock().monotonicNs() + TimeUnit.MILLISECONDS.toNanos(options.timeoutMs());
        deadline = context.after(options.timeoutMs(), this::deadlinePassed);
        context.run(this::begin);
    }

    protected abstract void begin();

    /** When the client gives up, by the monotonic clock. */
    protected long deadlineNs() {
        return deadlineNs;
    }

    /** Rounded up: no replica gives up before the client does. */
    private long patienceMs() {
        long leftNs = deadlineNs() - context.clock().monotonicNs();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
    }

    /** The outcome if the deadline passes now. */
    protected abstract Outcome outcomeAtDeadline();

    /** Leaves the current round: no decision of it matters any more. */
    protected abstract void abandon();

    /** Called once, just before the caller receives the outcome. */
    protected void ended() {}

    protected final ConsistencyLevel level() {
        return options.level();
    }

    /** About how many bytes the content will have that a change of this operation's client makes. */
    protected final long expectedBytes(ContentChange change) {
        return change.expectedBytes(options.asker().valueSizes());
    }

    private void deadlinePassed() {
        if (!finished) {
            Outcome outcome = outcomeAtDeadline();
            abandon();
            finish(outcome);
        }
    }

    private void crashed(Throwable defect) {
        Defects.report(defect);
        if (!finished) {
            Outcome outcome = outcomeOfCrash();
            Defects.contain(this::abandon);
            finish(outcome);
        }
    }

    /** What holds at the deadline holds here too: every round notes a message before it sends it. */
    private Outcome outcomeOfCrash() {
        try {
            Outcome outcome = outcomeAtDeadline();
            return outcome instanceof Outcome.Refused ? new Outcome.Refused(RefusalReason.DEFECT, evidence) : outcome;
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            return evidence.rounds().isEmpty()
                    ? new Outcome.Refused(RefusalReason.DEFECT, evidence)
                    : new Outcome.Unknown(evidence);
        }
    }

    protected final boolean isFinished() {
        return finished;
    }

    protected final void finish(Outcome outcome) {
        if (finished) {
            throw new IllegalStateException("a second outcome: " + outcome);
        }
        finished = true;
        deadline.cancel();
        Defects.contain(this::ended);
        // The listener charges what it keeps, on this turn of the event loop.
        ownRounds().forEach(Round::giveBackMemory);
        Defects.contain(() -> listener.accept(outcome));
    }

    /** The rounds that it started. Those of others in its evidence may still be in use. */
    protected List<Round> ownRounds() {
        return evidence.rounds();
    }

    /** The refusal when a round without any effect missed its quorum. */
    protected final Outcome refused(Round round) {
        return new Outcome.Refused(refusalReason(round), evidence);
    }

    /** Why a round has no quorum. */
    protected final RefusalReason refusalReason(Round round) {
        return MissedQuorum.of(replicas.size(), round).reason();
    }

    /** The round that the operation is in, or was in last. */
    protected final Optional<Round> lastRound() {
        List<Round> rounds = evidence.rounds();
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1));
    }
}
