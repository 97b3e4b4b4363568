package io.quorate.coordinator;

import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Replicas in memory under one virtual time, with delays from one seed. */
final class MemoryCluster {
    final VirtualTime time = new VirtualTime();
    final Random random;
    final List<MemoryReplica> replicas;

    /** Of three replicas. */
    MemoryCluster() {
        this(1);
    }

    /** Of three replicas. */
    MemoryCluster(long seed) {
        this(seed, "n1", "n2", "n3");
    }

    MemoryCluster(long seed, String... ids) {
        random = new Random(seed);
        replicas = Stream.of(ids)
                .map(id -> new MemoryReplica(new NodeId(id), time, random))
                .toList();
    }

    /** Of a coordinator at the first replica. */
    CoordinatorParts parts() {
        return parts(replicas.get(0).id());
    }

    CoordinatorParts parts(NodeId coordinator) {
        Placement placement =
                new Placement(replicas.stream().map(MemoryReplica::id).toList());
        return new CoordinatorParts(coordinator, new ClusterMembers(placement, replicas), time.sources(), random);
    }

    Coordinator coordinator() {
        return new Coordinator(parts());
    }
}
