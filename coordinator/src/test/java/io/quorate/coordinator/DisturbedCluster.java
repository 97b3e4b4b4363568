package io.quorate.coordinator;

import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.coordinator.MemoryReplica.MemoryStore;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Three coordinators and three replicas under random delays, losses, silences and unreachability, all from one seed.
 * The registers of a replica are durable: they survive every disturbance.
 */
final class DisturbedCluster {
    private final VirtualTime time;
    private final Random random;
    private final List<List<MemoryReplica>> links = new ArrayList<>();
    private final List<Coordinator> coordinators = new ArrayList<>();

    DisturbedCluster(VirtualTime time, Random random) {
        this(time, random, MemoryStore::new);
    }

    /** @param makeStore makes the durable state of each replica */
    DisturbedCluster(VirtualTime time, Random random, Supplier<MemoryStore> makeStore) {
        this.time = time;
        this.random = random;
        List<NodeId> ids = List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"));
        int lossPercent = random.nextInt(3) * 5;
        List<MemoryStore> stores = Stream.generate(makeStore).limit(3).toList();
        for (int c = 0; c < ids.size(); c++) {
            List<MemoryReplica> replicas = new ArrayList<>();
            for (int r = 0; r < ids.size(); r++) {
                MemoryReplica link = new MemoryReplica(ids.get(r), time, random, stores.get(r));
                link.isLocal = r == c;
                link.delayMsMax = 1 + random.nextInt(20);
                link.lossPercent = link.isLocal ? 0 : lossPercent;
                replicas.add(link);
            }
            links.add(replicas);
            coordinators.add(new Coordinator(new CoordinatorParts(
                    ids.get(c), new ClusterMembers(new Placement(ids), replicas), time.sources(), random)));
        }
    }

    Coordinator anyCoordinator() {
        return coordinators.get(random.nextInt(coordinators.size()));
    }

    /** Disturbs or heals one link now, and again after a short time, without end. */
    void disturb() {
        MemoryReplica link = links.get(random.nextInt(3)).get(random.nextInt(3));
        switch (random.nextInt(4)) {
            case 0 -> link.silent = true;
            case 1 -> link.reachability = Reachability.DOWN;
            case 2 -> link.reachability = Reachability.RETURNED;
            default -> {
                link.silent = false;
                link.reachability = Reachability.UP;
            }
        }
        time.after(1 + random.nextInt(30), this::disturb);
    }
}
