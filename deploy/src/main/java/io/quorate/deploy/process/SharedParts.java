package io.quorate.deploy.process;

import io.quorate.common.link.Links;
import io.quorate.common.link.RefusedPeer;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.model.DiskId;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.coordinator.api.convergence.Convergence;
import io.quorate.coordinator.api.http.Readiness;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.node.replica.Replica;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a process that all its event loops share. All of them are safe for use by several threads.
 *
 * @param incarnation differs from that of an earlier process with the same id
 * @param host the replica in this process, or empty for a coordinator alone
 * @param disks what this process remembers of the disks of replicas
 * @param clients limits the connections of clients
 * @param sockets with TLS or without
 * @param access who may do what at the HTTP API
 * @param links every connection to another replica is reported to them
 * @param troubles what is wrong with other replicas is reported to it
 * @param memory is charged for everything that requests hold
 */
record SharedParts(
        long incarnation,
        Optional<ReplicaHost> host,
        PeerDisks disks,
        HybridClock clock,
        RepairCounts repairs,
        SecureRandom random,
        Readiness readiness,
        Observability observability,
        ClientLimits clients,
        ServerSockets sockets,
        AccessControl access,
        Links links,
        TroubleLog troubles,
        MemoryBudget memory) {
    Optional<Replica> localReplica() {
        return host.map(ReplicaHost::replica);
    }

    /** The disk of this process. Empty for a coordinator alone. */
    Optional<DiskId> disk() {
        return host.map(replica -> replica.identity().claimedDisk());
    }

    List<RefusedPeer> refusedPeers() {
        return host.map(replica -> replica.handshake().refusedLately()).orElse(List.of());
    }

    Convergence convergence() {
        return host.<Convergence>flatMap(ReplicaHost::convergence).orElse(Convergence.NONE);
    }

    Checkpoints checkpoints() {
        return host.map(ReplicaHost::checkpoints).orElse(Checkpoints.NONE);
    }
}
