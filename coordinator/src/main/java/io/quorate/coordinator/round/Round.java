package io.quorate.coordinator.round;

import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.quorum.AckTracker;
import io.quorate.coordinator.quorum.Decision;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * One request to several replicas, counted until enough have answered. Subclasses say whom to ask and what follows;
 * this class keeps who was asked, who said what, and that the decision is told once.
 */
public abstract class Round implements ReplicaClient.Answers {
    final RoundContext context;
    public final List<ReplicaClient> replicas;
    public final AckTracker tracker;
    private final Exchange[] exchanges;
    private final List<Timer> timers = new ArrayList<>(2);
    private int skipped;
    private long quorumNs;
    private boolean decided;

    Round(RoundContext context, List<ReplicaClient> replicas, int required) {
        this.context = context;
        this.replicas = replicas;
        this.tracker = new AckTracker(replicas.size(), required);
        this.exchanges = new Exchange[replicas.size()];
    }

    public abstract Phase phase();

    /** Called once, when enough replicas have answered. */
    public abstract void reached();

    /** Called once, when enough replicas can no longer answer. */
    public abstract void missed();

    /** Called for each reply that comes after the decision. */
    public void late(Exchange exchange) {}

    /** Called for each answer of any kind, or failure to give one, that comes after the decision. */
    void late() {}

    /** Called for each replica that failed to answer before the decision. */
    void lost(int replica) {}

    /** Whether to decide now that the count says {@code decision}. */
    public boolean mayDecide(Decision decision) {
        return true;
    }

    final void ask(int replica, Request request) {
        ReplicaClient target = replicas.get(replica);
        exchanges[replica] = new Exchange(target, context.clock().monotonicNs());
        target.ask(request, replica, this);
    }

    /** Asks for several things at once; the replica has answered when it has answered for all of them. */
    final void askAll(int replica, List<? extends Request> requests) {
        if (requests.size() == 1) {
            ask(replica, requests.get(0));
            return;
        }
        ReplicaClient target = replicas.get(replica);
        exchanges[replica] = new Exchange(target, context.clock().monotonicNs());
        AnswerBundle answers = new AnswerBundle(requests.size(), this);
        requests.forEach(request -> target.ask(request, replica, answers));
    }

    public final boolean wasAsked(int replica) {
        return exchanges[replica] != null;
    }

    /** Does something later, unless the round is over by then, or is already. */
    public final void later(long delayMs, Runnable action) {
        if (!decided) {
            timers.add(context.scheduler().after(delayMs, action));
        }
    }

    /** Counts a replica as one that cannot answer, without asking it. */
    final void skip(int replica) {
        skipped |= 1 << replica;
        tracker.refuse(replica);
    }

    public final boolean wasSkipped(int replica) {
        return (skipped & 1 << replica) != 0;
    }

    public final boolean isDecided() {
        return decided;
    }

    @Override
    public final void replied(int replica, Reply reply) {
        Exchange exchange = exchanges[replica];
        exchange.replied(reply, context.clock().monotonicNs());
        if (isNo(reply)) {
            refused(replica);
            return;
        }
        boolean isQuorum = tracker.ack(replica) == Decision.REACHED;
        if (isQuorum && quorumNs == 0 && tracker.required() > 0) {
            quorumNs = exchange.answeredNs();
        }
        if (decided) {
            late(exchange);
            late();
        } else {
            decideIfPossible();
        }
    }

    static boolean isNo(Reply reply) {
        return reply instanceof Rejected || reply instanceof Abstained || reply instanceof Preempted;
    }

    @Override
    public final void failed(int replica, Failure failure) {
        exchanges[replica].failed(failure, context.clock().monotonicNs());
        refused(replica);
    }

    private void refused(int replica) {
        tracker.refuse(replica);
        if (!decided) {
            lost(replica);
            decideIfPossible();
        } else {
            late();
        }
    }

    /** Acts on the decision if there is one. Also to be called after {@link #skip} and before any answer came. */
    public final void decideIfPossible() {
        Decision decision = tracker.decision();
        if (decided || decision == Decision.PENDING || !mayDecide(decision)) {
            return;
        }
        abandon();
        if (decision == Decision.REACHED) {
            reached();
        } else {
            missed();
        }
    }

    /** Ends the round: answers that still come are late, and nothing more is done of its own accord. */
    public final void abandon() {
        decided = true;
        timers.forEach(Timer::cancel);
    }

    /** How many replicas have to say yes; 0 if whoever answers is enough. */
    public final int required() {
        return tracker.required();
    }

    /** When the last yes came that was needed; 0 while it has not. The round may have waited for more all the same. */
    public final long quorumNs() {
        return quorumNs;
    }

    /** Who was asked, in the order of the replicas. */
    public final List<Exchange> exchanges() {
        List<Exchange> asked = new ArrayList<>(exchanges.length);
        for (Exchange exchange : exchanges) {
            if (exchange != null) {
                asked.add(exchange);
            }
        }
        return asked;
    }

    public final boolean everyoneAnswered() {
        for (Exchange exchange : exchanges) {
            if (exchange != null && exchange.answeredNs() == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a replica has answered that it did what it was asked, or was lost on the way. */
    final boolean someoneAppliedOrMayHave() {
        for (Exchange exchange : exchanges) {
            if (exchange != null && exchange.answeredNs() != 0 && exchange.mayHaveHadEffect()) {
                return true;
            }
        }
        return false;
    }

    public final Exchange exchange(int replica) {
        return exchanges[replica];
    }

    /** Whether this replica was asked and said yes. */
    public final boolean hasAcked(int replica) {
        return exchanges[replica] != null && tracker.hasAcked(replica);
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
}
