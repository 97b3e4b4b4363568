package io.quorate.coordinator.operation;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.ReplicaAnswer;
import io.quorate.coordinator.round.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evidence for an outcome: which replicas were asked for what, and which answered. Late answers are still added
 * while messages of the operation are on their way. Read it on the event loop of its operation.
 */
public final class Evidence {
    private final NodeId coordinator;
    private final List<ReplicaClient> replicas;
    private final int required;
    private final long startNs;
    private final List<Round> rounds = new ArrayList<>(2);
    private Optional<Round> counted = Optional.empty();
    private boolean repaired;

    public Evidence(NodeId coordinator, List<ReplicaClient> replicas, int required, long startNs) {
        this.coordinator = coordinator;
        this.replicas = replicas;
        this.required = required;
        this.startNs = startNs;
    }

    public void add(Round round) {
        rounds.add(round);
    }

    /** The last round wrote back what a read had found. */
    public void lastRoundRepaired() {
        repaired = true;
    }

    /** An earlier round gave the outcome. What the rounds after it were for did not succeed. */
    public void restsOn(Round earlier) {
        counted = Optional.of(earlier);
    }

    public NodeId coordinator() {
        return coordinator;
    }

    /** How many replicas the key has. */
    public int replicas() {
        return replicas.size();
    }

    /** How many of them had to answer. */
    public int required() {
        return required;
    }

    public long startNs() {
        return startNs;
    }

    public List<Round> rounds() {
        return rounds;
    }

    /**
     * The replicas whose answers the outcome counts: those of the last round, unless it {@link #restsOn} another one.
     * For a repair, also the replicas that needed none.
     */
    public List<NodeId> acked() {
        List<NodeId> acked = new ArrayList<>(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            if (ackedInOutcome(i)) {
                acked.add(replicas.get(i).id());
            }
        }
        return acked;
    }

    private boolean ackedInOutcome(int replica) {
        if (rounds.isEmpty()) {
            return false;
        }
        Round round = counted.orElse(rounds.get(rounds.size() - 1));
        return repaired ? round.countsAsAck(replica) : round.hasAcked(replica);
    }

    /** The replicas that were repaired before the caller received the outcome. */
    public List<NodeId> repaired() {
        List<NodeId> ids = new ArrayList<>();
        if (repaired) {
            Round last = rounds.get(rounds.size() - 1);
            for (int i = 0; i < replicas.size(); i++) {
                if (last.hasAcked(i)) {
                    ids.add(replicas.get(i).id());
                }
            }
        }
        return ids;
    }

    /** The replicas that were not asked because they could not be reached. */
    public List<NodeId> unreachable() {
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            if (wasSkipped(i)) {
                ids.add(replicas.get(i).id());
            }
        }
        return ids;
    }

    private boolean wasSkipped(int replica) {
        boolean skipped = false;
        for (Round round : rounds) {
            if (round.wasAsked(replica)) {
                return false;
            }
            skipped |= round.wasSkipped(replica);
        }
        return skipped;
    }

    /** Whether every replica that was asked has answered or was lost. Then no message is on its way. */
    public boolean isSettled() {
        for (Round round : rounds) {
            if (!round.everyoneAnswered()) {
                return false;
            }
        }
        return true;
    }

    /** Each replica with its exchange in the last round that asked it. Error messages show it. */
    public List<ReplicaSummary> replicaSummaries() {
        List<ReplicaSummary> summaries = new ArrayList<>(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            ReplicaClient replica = replicas.get(i);
            summaries.add(new ReplicaSummary(replica.id(), replica.reachability(), lastExchange(i)));
        }
        return summaries;
    }

    /** All rounds are with the same replicas, in the same order. */
    private Optional<Exchange> lastExchange(int replica) {
        for (int i = rounds.size() - 1; i >= 0; i--) {
            Exchange exchange = rounds.get(i).exchange(replica);
            if (exchange != null) {
                return Optional.of(exchange);
            }
        }
        return Optional.empty();
    }

    /** The last exchange of one replica in an operation. */
    public record ReplicaSummary(
            NodeId replica, ReplicaClient.Reachability reachability, Optional<Exchange> lastExchange) {
        public ReplicaAnswer answer() {
            if (lastExchange.isPresent()) {
                return lastExchange.get().answer();
            }
            return reachability.isReachable() ? ReplicaAnswer.NOT_ASKED : ReplicaAnswer.UNREACHABLE;
        }
    }
}
