package io.quorate.coordinator.round;

import io.quorate.coordinator.replica.ReplicaClient;
import java.util.List;

/**
 * The places of replicas in the order of the members' names. All processes agree on them, since a handshake compares
 * the names. Each process may list its replicas in another order. Today every member holds every key.
 */
final class MemberPlaces {
    private MemberPlaces() {}

    static int of(List<ReplicaClient> replicas, int replica) {
        int place = 0;
        for (ReplicaClient other : replicas) {
            place += other.id().compareTo(replicas.get(replica).id()) < 0 ? 1 : 0;
        }
        return place;
    }

    /** @param some bits by the order of the replicas */
    static int bits(List<ReplicaClient> replicas, int some) {
        int bits = 0;
        for (int i = 0; some != 0 && i < replicas.size(); i++) {
            bits |= (some & 1 << i) != 0 ? 1 << of(replicas, i) : 0;
        }
        return bits;
    }
}
