package io.quorate.deploy.simulation.world;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.HybridClock;
import io.quorate.coordinator.Coordinator;
import java.util.Random;

/** A machine of the front tier: it coordinates, and holds no replica and no disk. It is no member of the cluster. */
public final class SimulatedCoordinator extends SimulatedMachine {
    private Coordinator coordinator;

    public SimulatedCoordinator(int index, NodeId id, Cluster cluster, Random random) {
        super(index, id, cluster, random);
    }

    @Override
    boolean open(SimulatedProcess next) {
        coordinator = coordinator(next, new HybridClock(clock(), SKEW_MS_MAX));
        return true;
    }

    @Override
    public Coordinator coordinator() {
        return coordinator;
    }
}
