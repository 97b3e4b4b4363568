package io.quorate.deploy.simulation.world;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Hello;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.coordinator.replica.delay.SlowReplicas;
import io.quorate.deploy.simulation.judge.OutcomeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One machine that runs a coordinator: a clock that outlives processes, and one process at a time. */
public abstract class SimulatedMachine {
    static final long SKEW_MS_MAX = 500;

    private static final long LISTEN_BY_MS = 30;

    private final int index;
    private final NodeId id;
    private final Cluster cluster;
    private final SimulatedTime time;
    private final Random random;
    private final MachineClock clock;

    private final PlannedDefects defects = new PlannedDefects();

    private SimulatedProcess process;
    private final List<Link> remote = new ArrayList<>();
    private List<ReplicaClient> replicas = List.of();
    private boolean up;
    private boolean listening;
    private long upSinceNs;

    SimulatedMachine(int index, NodeId id, Cluster cluster, Random random) {
        this.index = index;
        this.id = id;
        this.cluster = cluster;
        this.time = cluster.time();
        this.random = random;
        this.clock = new MachineClock(time);
        this.process = new SimulatedProcess(time);
        process.end(); // none runs yet: a connection to it breaks
    }

    /** Opens what a process of this machine runs. False if that failed. Then a supervisor starts it again. */
    abstract boolean open(SimulatedProcess next);

    public abstract Coordinator coordinator();

    /** How its present process introduces itself to another one. */
    abstract Hello hello(SimulatedNode receiver, MemberIds members);

    /** What its present process remembers of the disks of nodes. */
    abstract PeerDisks disks();

    /** Empty for a machine without a disk. */
    abstract Optional<DiskId> ownDisk();

    /** The disk of a node that a process of this machine would still know after a loss of power. */
    abstract Optional<DiskId> remembered(NodeId other);

    /** Its present process accepts a node. */
    void accepted(NodeId node) {}

    /** Whether its present process would refuse another disk under the name of a node of a founded cluster. */
    boolean refusesAnotherDiskOf(NodeId node) {
        return true;
    }

    /** SIGKILL: what was written stays, forced or not. */
    public void kill() {
        up = false;
        process.end();
    }

    public void losePower() {
        up = false;
        process.end();
    }

    /** Its place in the network. The nodes come first. */
    public final int index() {
        return index;
    }

    public final NodeId id() {
        return id;
    }

    public final MachineClock clock() {
        return clock;
    }

    public final boolean isUp() {
        return up;
    }

    /** Whether clients may ask it. As in production, a process listens when it reaches a quorum, or after a while. */
    public final boolean isListening() {
        listening = up && (listening || coordinator().hasQuorum() || upForMs() > LISTEN_BY_MS);
        return listening;
    }

    private long upForMs() {
        return (time.nowNs() - upSinceNs) / 1_000_000;
    }

    /** Of the present process, to all other nodes. */
    final List<Link> links() {
        return remote;
    }

    /** All its connections to nodes break. */
    final void resetConnections() {
        process.run(() -> remote.forEach(Link::reset));
    }

    public final SimulatedProcess process() {
        return process;
    }

    final Cluster cluster() {
        return cluster;
    }

    final Random random() {
        return random;
    }

    /** Starts a process on what the last one left. Does nothing if one runs. */
    public final void start() {
        if (up) {
            return;
        }
        process = new SimulatedProcess(time);
        if (open(process)) {
            up = true;
            listening = false;
            upSinceNs = time.nowNs();
        }
    }

    /** A supervisor starts the process again. */
    final void startSoon() {
        time.afterMs(random.nextInt(250), this::start);
    }

    /** A supervisor starts the process again, after a long time. */
    final void startLater() {
        time.afterMs(2_000 + random.nextInt(4_000), this::start);
    }

    final Coordinator coordinator(SimulatedProcess next, HybridClock hybrid) {
        remote.clear();
        SlowReplicas slow = new SlowReplicas();
        replicas = cluster.nodes().stream()
                .map(node -> link(node, next, slow.add(node.id(), node == this)))
                .toList();
        tick(slow, next);
        PeerClocks clocks = new PeerClocks(clock, replicas);
        CoordinatorParts parts = new CoordinatorParts(
                id,
                new ClusterMembers(
                        new Placement(
                                cluster.nodes().stream().map(SimulatedNode::id).toList()),
                        replicas),
                new TimeSources(clock, next, hybrid, () -> clocks.ceilingMs(SKEW_MS_MAX)),
                random);
        remote.forEach(Link::open);
        return new Coordinator(parts.withLimits(cluster.limits().admission())
                .withObserver(defects.around(new OutcomeReader(cluster.judges(), time::nowNs))));
    }

    /** All replicas as the current process sees them. */
    final List<ReplicaClient> replicas() {
        return replicas;
    }

    private void tick(SlowReplicas slow, SimulatedProcess next) {
        next.after(SlowReplicas.TICK_MS, () -> {
            slow.tick(clock.monotonicNs());
            tick(slow, next);
        });
    }

    private ReplicaClient link(SimulatedNode node, SimulatedProcess next, ReplicaDelays delays) {
        if (node == this) {
            return new LocalLink(node, next, delays);
        }
        Link link = new Link(this, node, next, cluster.network(), random, delays);
        remote.add(link);
        return link;
    }
}
