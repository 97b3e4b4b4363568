package io.quorate.coordinator.operation;

import io.quorate.common.thread.Defects;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.MemoryRejection;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Round;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;
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

    protected final Outcome noQuorum() {
        return new Outcome.Refused(RefusalReason.NO_QUORUM, evidence);
    }

    /** The refusal when a round without any effect missed its quorum. */
    protected final Outcome refused(Round round) {
        return new Outcome.Refused(refusalReason(round), evidence);
    }

    /** Why a round missed its quorum: the reason that a replica gave, if one did. */
    protected static RefusalReason refusalReason(Round round) {
        RefusalReason reason = reasonByAll(round);
        for (Exchange exchange : round.exchanges()) {
            if (exchange.reply().orElse(null) instanceof Rejected rejected) {
                reason = switch (rejected.cause()) {
                    case DISK_FULL -> RefusalReason.DISK_FULL;
                    case OVERLOADED -> reason == RefusalReason.DISK_FULL ? reason : RefusalReason.OVERLOADED;
                    case NO_MEMORY ->
                        reason == RefusalReason.DISK_FULL || reason == RefusalReason.OVERLOADED
                                ? reason
                                : RefusalReason.NO_MEMORY;
                    case TOO_LARGE, REFUSED, UNREADABLE, FILLING, IMPOSSIBLE_NUMBER, EXPIRED -> reason;
                };
            }
        }
        return reason;
    }

    /** A reason that counts only if there would be no quorum without any other one. */
    private static RefusalReason reasonByAll(Round round) {
        if (round.isRuledOutBy(Fenced.class::isInstance)) {
            return RefusalReason.FENCED;
        }
        return round.isRuledOutBy(MemoryRejection::isForGood) ? RefusalReason.TOO_LARGE : RefusalReason.NO_QUORUM;
    }
}
