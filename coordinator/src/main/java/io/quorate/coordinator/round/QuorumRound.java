package io.quorate.coordinator.round;

import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.quorum.Decision;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.Arrays;
import java.util.List;

/**
 * Asks a quorum of replicas for their state.
 *
 * <p>It asks only as many replicas as it needs, the nearest first. It asks another one if a replica fails. It also asks
 * another one, a <em>hedge</em>, if an answer takes longer than usual. The {@link HedgeBudget} limits hedges, but not
 * those that go around a late replica. So a round never waits for a late replica while a better one was not asked.
 *
 * <p>A replica that came back a short while ago is asked in addition. It has probably missed writes, and a read finds
 * this out only from its answer. So the round waits for it even if enough others have answered, at most
 * {@value #PATIENCE_MS} ms, and not if it is late.
 *
 * <p>A slow replica is asked last. Now and then it is asked in addition, so that its delay is known. No round waits for
 * this probe.
 */
public abstract class QuorumRound extends Round {
    /** The reason why a replica is asked. The request may depend on it. */
    public enum AskReason {
        /** The nearest one. */
        FIRST,
        FURTHER,
        /** In the place of one that failed or is slow. */
        INSTEAD
    }

    /** Longest wait for a replica that came back: its caches and its compiled code are cold. */
    public static final long PATIENCE_MS = 100;

    /** The wait before the next try to send a hedge that the budget denied. */
    private static final long RETRY_MS = 25;

    private final int[] preference;
    private boolean askedReturned;
    private boolean hedgeDenied;
    private int first;

    protected QuorumRound(RoundContext context, List<ReplicaClient> replicas, int[] preference, int required) {
        super(context, replicas, required, RoundEnd.AFTER_PATIENCE);
        this.preference = preference;
    }

    protected abstract Request request(AskReason reason);

    public void start() {
        context.hedges().earn();
        int returned = 0;
        for (int replica : preference) {
            Reachability reachability = replicas.get(replica).reachability();
            if (!reachability.isReachable()) {
                skip(replica);
            } else if (reachability == Reachability.RETURNED) {
                returned++;
            }
        }
        decideIfPossible();
        if (isDecided()) {
            return;
        }
        for (int i = 0; i < tracker.required(); i++) {
            askNext(i == 0 ? AskReason.FIRST : AskReason.FURTHER);
        }
        if (returned > 0 && tracker.required() > 1) {
            askReturned();
        }
        if (probesSlow() && tracker.required() > 1) {
            probe();
        }
        if (tracker.required() < replicas.size()) {
            later(hedgeDelayMs(), this::hedge);
        }
    }

    /** Whether the round asks a slow replica too, only to measure its delay. */
    protected boolean probesSlow() {
        return true;
    }

    private void probe() {
        for (int replica : preference) {
            ReplicaClient target = replicas.get(replica);
            if (mayAsk(replica) && target.reachability() == Reachability.SLOW && target.needsProbe()) {
                ask(replica, request(AskReason.FURTHER));
            }
        }
    }

    /** Whether a replica that came back a short while ago was asked in addition. */
    public boolean askedReturned() {
        return askedReturned;
    }

    private void askReturned() {
        askedReturned = true;
        waitForMore(PATIENCE_MS);
        for (int replica : preference) {
            if (!wasAsked(replica) && replicas.get(replica).reachability() == Reachability.RETURNED) {
                ask(replica, request(AskReason.FURTHER));
            }
        }
    }

    private void askNext(AskReason reason) {
        for (int replica : preference) {
            if (mayAsk(replica)) {
                first = reason == AskReason.FIRST ? replica : first;
                ask(replica, request(reason));
                return;
            }
        }
    }

    /** Whether it makes no sense to wait for the replica that was asked first. */
    protected final boolean isFirstOverOrLate() {
        return exchange(first).isOver() || isLate(first);
    }

    private boolean canAskAnother() {
        return Arrays.stream(preference).anyMatch(this::mayAsk);
    }

    private boolean mayAsk(int replica) {
        return !wasAsked(replica) && !tracker.hasAnswered(replica);
    }

    /**
     * How long to wait for the replicas asked before asking another, in milliseconds. A late replica does not prolong
     * the wait.
     */
    public long hedgeDelayMs() {
        long delayMs = 1;
        for (int replica : preference) {
            if (wasAsked(replica) && !isLate(replica)) {
                delayMs = Math.max(delayMs, replicas.get(replica).usualDelayMs());
            }
        }
        return delayMs;
    }

    /** Whether a round should rather not wait for this replica. */
    protected final boolean isLate(int replica) {
        ReplicaClient target = replicas.get(replica);
        return target.reachability() == Reachability.SLOW || target.isOverdue();
    }

    private void hedge() {
        if (tracker.decision() == Decision.REACHED) {
            waitForReturned();
        } else if (canAskAnother()) {
            hedgeIfAllowed();
        }
    }

    private void hedgeIfAllowed() {
        if (goesAroundLate()) {
            context.hedges().countFree();
            hedgeNow();
        } else if (context.hedges().spend()) {
            hedgeNow();
        } else {
            denyHedge();
        }
    }

    private void hedgeNow() {
        askNext(AskReason.INSTEAD);
        later(hedgeDelayMs(), this::hedge);
    }

    private void denyHedge() {
        if (!hedgeDenied) {
            hedgeDenied = true;
            context.hedges().countDenied();
        }
        later(RETRY_MS, this::hedge);
    }

    /** Whether the next replica to be asked is better than one that owes an answer. */
    private boolean goesAroundLate() {
        boolean owesLate = false;
        for (int replica : preference) {
            if (mayAsk(replica)) {
                return owesLate && !isLate(replica);
            }
            owesLate |= !tracker.hasAnswered(replica) && isLate(replica);
        }
        return false;
    }

    /** The wait for a replica that came back is over as soon as all that owe an answer are late. */
    private void waitForReturned() {
        for (int replica : preference) {
            if (wasAsked(replica) && !tracker.hasAnswered(replica) && !isLate(replica)) {
                later(RETRY_MS, this::hedge);
                return;
            }
        }
        losePatience();
    }

    @Override
    void lost(int replica) {
        askNext(AskReason.INSTEAD);
    }
}
