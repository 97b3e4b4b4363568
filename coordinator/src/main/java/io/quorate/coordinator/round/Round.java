package io.quorate.coordinator.round;

import io.quorate.common.memory.MemoryUse;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.MemoryRejection;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.coordinator.quorum.AckTracker;
import io.quorate.coordinator.quorum.Decision;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request to several replicas, counted until enough have answered. A subclass says which replicas to ask and what
 * follows. This class keeps each {@link Exchange}, and calls {@link #reached} or {@link #missed} once, when
 * {@link RoundEnd} says so. Owned by the operation's event loop.
 */
public abstract class Round {
    final RoundContext context;
    protected final List<ReplicaClient> replicas;
    final AckTracker tracker;
    private final RoundEnd end;
    private final Exchange[] exchanges;
    private final Incoming incoming = new Incoming();
    private final List<Timer> timers = new ArrayList<>(2);
    private int skipped;
    private long quorumNs;
    private boolean patient;
    private long chargedBytes;
    private boolean keepsNothing;
    private boolean decided;

    Round(RoundContext context, List<ReplicaClient> replicas, int required, RoundEnd end) {
        this.context = context;
        this.replicas = replicas;
        this.tracker = new AckTracker(replicas.size(), required);
        this.end = end;
        this.exchanges = new Exchange[replicas.size()];
    }

    public abstract Phase phase();

    /** Called once, when enough replicas said yes. */
    protected abstract void reached();

    /** Called once, when enough replicas can no longer say yes. */
    protected abstract void missed();

    /** Called once, when the round decides or is abandoned. All answers that come later are late. */
    void ended() {}

    /** Called for each answer, or failure to answer, that comes after the decision. */
    protected void late(Exchange exchange) {}

    /** Called for each replica that failed or said no before the decision. */
    void lost(int replica) {}

    final void ask(int replica, Request request) {
        begin(replica).ask(request, patienceMs(), replica, incoming);
    }

    /** Asks from the space that was taken for the request at this replica, if any was. */
    final void ask(int replica, Request request, WriteSpace space) {
        ReplicaClient target = begin(replica);
        long taken = space.handOver(replica);
        if (taken > 0) {
            target.askReserved(taken, request, patienceMs(), replica, incoming);
        } else {
            target.ask(request, patienceMs(), replica, incoming);
        }
    }

    /** Asks for several things at once. The replica has answered when it has answered all of them. */
    final void askAll(int replica, List<? extends Request> requests) {
        if (requests.size() == 1) {
            ask(replica, requests.get(0));
            return;
        }
        ReplicaClient target = begin(replica);
        AnswerBundle answers = new AnswerBundle(requests.size(), incoming);
        requests.forEach(request -> target.ask(request, patienceMs(), replica, answers));
    }

    /** How long the answers are of use, as {@link Frame#patienceMs} has it. */
    long patienceMs() {
        return context.patienceMs().getAsLong();
    }

    private ReplicaClient begin(int replica) {
        Invariant.require(!wasAsked(replica), "a round asks a replica once");
        ReplicaClient target = replicas.get(replica);
        exchanges[replica] = new Exchange(target, context.clock().monotonicNs());
        return target;
    }

    /** Counts a replica as one that cannot answer, without asking it. */
    final void skip(int replica) {
        skipped |= 1 << replica;
        tracker.refuse(replica);
    }

    /** Does something later, unless the round is over by then, or is already. */
    public final void later(long delayMs, Runnable action) {
        if (!decided) {
            timers.add(context.after(delayMs, action));
        }
    }

    /** Waits for more answers than the round needs, for a while. Matters for {@link RoundEnd#AFTER_PATIENCE}. */
    protected final void waitForMore(long patienceMs) {
        patient = true;
        later(patienceMs, this::losePatience);
    }

    final void losePatience() {
        patient = false;
        decideIfPossible();
    }

    /** Whether the round still waits for more answers than it needs. */
    protected boolean isPatient() {
        return patient;
    }

    /** Acts on the decision if there is one. Also to be called after {@link #skip} and before any answer came. */
    final void decideIfPossible() {
        Decision decision = tracker.decision();
        if (decided || !end.isDue(decision, everyoneAnswered(), someoneAppliedOrMayHave(), isPatient())) {
            return;
        }
        abandon();
        if (decision == Decision.REACHED) {
            reached();
        } else {
            missed();
        }
    }

    /** Ends the round. Answers that still come are late, and the round starts nothing more by itself. */
    public final void abandon() {
        if (!decided) {
            decided = true;
            timers.forEach(Timer::cancel);
            ended();
        }
    }

    public final boolean isDecided() {
        return decided;
    }

    /**
     * Where the answers of the replicas come in. A defect in what follows ends the operation, and reaches no replica.
     */
    private final class Incoming implements ReplicaClient.Answers {
        @Override
        public void replied(int replica, Reply reply) {
            try {
                Exchange exchange = exchanges[replica];
                exchange.replied(charged(reply), context.clock().monotonicNs());
                if (exchange.isYes()) {
                    acked(replica, exchange);
                } else {
                    refused(replica, exchange);
                }
            } catch (RuntimeException | Error e) {
                context.onDefect().accept(e);
            }
        }

        @Override
        public void failed(int replica, Failure failure) {
            try {
                Exchange exchange = exchanges[replica];
                exchange.failed(failure, context.clock().monotonicNs());
                refused(replica, exchange);
            } catch (RuntimeException | Error e) {
                context.onDefect().accept(e);
            }
        }
    }

    /**
     * A reply with values that the budget has no room for counts as a rejection. Only replies to reads and promises
     * have values, and those have no effect on a register.
     */
    private Reply charged(Reply reply) {
        long bytes = reply.contentBytes();
        if (bytes == 0) {
            return reply;
        }
        if (keepsNothing) {
            return withoutValue(reply);
        }
        if (!context.memory().tryAdd(MemoryUse.OPERATION, bytes)) {
            return new MemoryRejection("the coordinator", context.memory()).of(MemoryUse.OPERATION, bytes);
        }
        chargedBytes += bytes;
        return reply;
    }

    /** A late reply matters by its version alone. The evidence that keeps it may be looked at for a while. */
    private static Reply withoutValue(Reply reply) {
        return reply instanceof RecordReply full
                ? VersionReply.of(full.record(), Optional.empty(), full.horizon())
                : reply;
    }

    /** How many bytes of values the round has, or had until the operation was over. */
    public final long contentBytes() {
        return chargedBytes;
    }

    /** The operation is over. Nothing needs the replies any more, also those that still come. */
    public final void giveBackMemory() {
        if (!keepsNothing) {
            keepsNothing = true;
            context.memory().giveBack(MemoryUse.OPERATION, chargedBytes);
        }
    }

    private void acked(int replica, Exchange exchange) {
        boolean isQuorum = tracker.ack(replica) == Decision.REACHED;
        if (isQuorum && quorumNs == 0 && tracker.required() > 0) {
            quorumNs = exchange.answeredNs();
        }
        answered(exchange);
    }

    private void refused(int replica, Exchange exchange) {
        tracker.refuse(replica);
        if (!decided) {
            lost(replica);
        }
        answered(exchange);
    }

    private void answered(Exchange exchange) {
        if (decided) {
            late(exchange);
        } else {
            decideIfPossible();
        }
    }

    /** How many replicas have to say yes, or 0 if any answers are enough. */
    public final int required() {
        return tracker.required();
    }

    /** The result of the count so far, whether or not the round has ended. */
    public final Decision decision() {
        return tracker.decision();
    }

    /** How many replicas count as a yes. */
    public final int acks() {
        return tracker.acks();
    }

    /** When the last yes came that was needed, or 0 while it has not come. The round may wait for more all the same. */
    public final long quorumNs() {
        return quorumNs;
    }

    /** The replicas that were asked, in the order of the replicas. */
    public final List<Exchange> exchanges() {
        List<Exchange> asked = new ArrayList<>(exchanges.length);
        for (Exchange exchange : exchanges) {
            if (exchange != null) {
                asked.add(exchange);
            }
        }
        return asked;
    }

    /** What was asked of one replica, or null if nothing. */
    public final Exchange exchange(int replica) {
        return exchanges[replica];
    }

    public final boolean wasAsked(int replica) {
        return exchanges[replica] != null;
    }

    public final boolean wasSkipped(int replica) {
        return (skipped & 1 << replica) != 0;
    }

    /** Whether this replica was asked and said yes. */
    public final boolean hasAcked(int replica) {
        return wasAsked(replica) && tracker.hasAcked(replica);
    }

    /** Whether this replica counts as a yes: it said so, or needed no question. */
    public final boolean countsAsAck(int replica) {
        return tracker.hasAcked(replica);
    }

    /** Whether each replica that was asked has answered or failed. */
    public final boolean everyoneAnswered() {
        for (Exchange exchange : exchanges) {
            if (exchange != null && !exchange.isOver()) {
                return false;
            }
        }
        return true;
    }

    /** Whether any replica did or may still do what it was asked. */
    public final boolean mayHaveHadEffect() {
        for (Exchange exchange : exchanges) {
            if (exchange != null && exchange.mayHaveHadEffect()) {
                return true;
            }
        }
        return false;
    }

    /** The highest age that a replica gave as the reason why a record is outdated, or 0 if none did (C7). */
    public final long outdatedBy() {
        long age = 0;
        for (Exchange exchange : exchanges) {
            if (exchange != null && exchange.reply().orElse(null) instanceof Outdated outdated) {
                age = Math.max(age, outdated.age());
            }
        }
        return age;
    }

    /** Whether a replica has answered that it did what it was asked, or failed after it was asked. */
    private boolean someoneAppliedOrMayHave() {
        for (Exchange exchange : exchanges) {
            if (exchange != null && exchange.isOver() && exchange.mayHaveHadEffect()) {
                return true;
            }
        }
        return false;
    }
}
