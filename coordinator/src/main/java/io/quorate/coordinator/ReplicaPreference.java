package io.quorate.coordinator;

import io.quorate.common.model.VotingStatus;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.List;

/**
 * The order in which an operation prefers replicas: by rank, and in turn among those of the same rank. The turns spread
 * the load of reads over the replicas. Used on one event loop only.
 */
final class ReplicaPreference {
    private int rotation;

    /** In the order of preference. */
    enum Rank {
        /** The local replica: it needs no network. */
        LOCAL,
        REMOTE,
        /** Slow or overdue, local or not: a read would wait for it. Asking a better one first spends no hedge. */
        LATE,
        /** Without a vote: its answer does not count. */
        LAST;

        private static final List<Rank> IN_ORDER = List.of(values());

        static Rank of(ReplicaClient replica) {
            if (replica.votingStatus() != VotingStatus.VOTING) {
                return LAST;
            }
            if (replica.reachability() == Reachability.SLOW || replica.isOverdue()) {
                return LATE;
            }
            return replica.isLocal() ? LOCAL : REMOTE;
        }
    }

    /** @param rotation where the turns start. Coordinators should start at different places */
    ReplicaPreference(int rotation) {
        this.rotation = rotation;
    }

    /** The next order, as indices into {@code replicas}. */
    int[] next(List<ReplicaClient> replicas) {
        // Each replica is ranked once, since its reachability may change between two looks.
        Rank[] ranks = new Rank[replicas.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Rank.of(replicas.get(i));
        }
        return next(ranks);
    }

    int[] next(Rank... ranks) {
        int size = ranks.length;
        rotation = (rotation + 1) % size;
        int[] order = new int[size];
        int filled = 0;
        for (Rank rank : Rank.IN_ORDER) {
            for (int i = 0; i < size; i++) {
                int index = (rotation + i) % size;
                if (ranks[index] == rank) {
                    order[filled++] = index;
                }
            }
        }
        assert filled == size : filled + " of " + size;
        return order;
    }
}
