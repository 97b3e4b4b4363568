package io.quorate.coordinator.round;

import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.quorum.Decision;
import io.quorate.coordinator.quorum.RoundEnd;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.List;

/**
 * Asks a quorum of replicas for their state.
 *
 * <p>It asks only as many replicas as it needs, the nearest first. It asks another one if a replica fails, or if a
 * replica is slow and the budget for hedges allows it. A replica that came back a short while ago is asked in addition.
 * It has probably missed writes, and a read finds this out only from its answer. So the round waits for it even if
 * enough others have answered, at most {@value #PATIENCE_MS} ms.
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

    private final int[] preference;
    private boolean askedReturned;

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
        if (tracker.required() < replicas.size()) {
            later(hedgeDelayMs(), this::hedge);
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

    private boolean askNext(AskReason reason) {
        for (int replica : preference) {
            if (!wasAsked(replica) && !tracker.hasAnswered(replica)) {
                ask(replica, request(reason));
                return true;
            }
        }
        return false;
    }

    /** How long to wait for the replicas asked before asking another, in milliseconds. */
    public long hedgeDelayMs() {
        long delayMs = 1;
        for (int replica : preference) {
            if (wasAsked(replica)) {
                delayMs = Math.max(delayMs, replicas.get(replica).usualDelayMs());
            }
        }
        return delayMs;
    }

    private void hedge() {
        boolean enough = tracker.decision() == Decision.REACHED;
        if (!enough && context.hedges().spend() && askNext(AskReason.INSTEAD)) {
            later(hedgeDelayMs(), this::hedge);
        }
    }

    @Override
    void lost(int replica) {
        askNext(AskReason.INSTEAD);
    }
}
