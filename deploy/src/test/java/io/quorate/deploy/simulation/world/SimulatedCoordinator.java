package io.quorate.deploy.simulation.world;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Hello;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.replica.DisksInMemory;
import io.quorate.coordinator.replica.PeerDisks;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A machine of the front tier: it coordinates, and holds no replica and no disk. It is no member of the cluster. */
public final class SimulatedCoordinator extends SimulatedMachine {
    private Coordinator coordinator;
    private PeerDisks disks;

    // Of the present process.
    private boolean startedAfterFounding;
    private final Set<NodeId> accepted = new HashSet<>();

    public SimulatedCoordinator(int index, NodeId id, Cluster cluster, Random random) {
        super(index, id, cluster, random);
    }

    @Override
    boolean open(SimulatedProcess next) {
        disks = new DisksInMemory(cluster().nodes().size());
        accepted.clear();
        startedAfterFounding = cluster().nodes().stream().anyMatch(SimulatedNode::isFounded);
        coordinator = coordinator(next, new HybridClock(clock(), SKEW_MS_MAX));
        return true;
    }

    @Override
    public Coordinator coordinator() {
        return coordinator;
    }

    @Override
    Hello hello(SimulatedNode receiver, MemberIds members) {
        return new Hello(SimulatedDisk.CLUSTER, id(), 1, Optional.empty(), receiver.id(), members);
    }

    @Override
    PeerDisks disks() {
        return disks;
    }

    @Override
    void accepted(NodeId node) {
        accepted.add(node);
    }

    /** One that heard a majority before the founding does not learn of it. */
    @Override
    boolean refusesAnotherDiskOf(NodeId node) {
        return startedAfterFounding || accepted.contains(node);
    }

    @Override
    Optional<DiskId> ownDisk() {
        return Optional.empty();
    }

    @Override
    Optional<DiskId> remembered(NodeId other) {
        return Optional.empty();
    }
}
