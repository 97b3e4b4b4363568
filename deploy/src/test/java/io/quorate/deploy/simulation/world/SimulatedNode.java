package io.quorate.deploy.simulation.world;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.deploy.simulation.judge.MessageReader;
import io.quorate.deploy.simulation.judge.OutcomeReader;
import io.quorate.deploy.simulation.judge.ReplicaState;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** One machine: a disk and a clock that outlive processes, and one process at a time. */
public final class SimulatedNode {
    private final int index;
    private final NodeId id;
    private final Cluster cluster;
    private final SimulatedTime time;
    private final Random random;
    private final StoreOptions options;
    private final MachineClock clock;
    private final SimulatedDisk disk;
    private final MessageReader messages;

    private SimulatedProcess process;
    private RunningNode running;
    private boolean up;
    private long upSinceNs;
    private long changesSeen;

    public SimulatedNode(int index, NodeId id, Cluster cluster, Random random, StoreOptions options)
            throws IOException {
        this.index = index;
        this.id = id;
        this.cluster = cluster;
        this.time = cluster.time();
        this.random = random;
        this.options = options;
        this.clock = new MachineClock(time);
        this.disk = new SimulatedDisk(id, random);
        this.messages = new MessageReader(cluster.judges());
        this.process = new SimulatedProcess(time);
    }

    public int index() {
        return index;
    }

    public NodeId id() {
        return id;
    }

    public MachineClock clock() {
        return clock;
    }

    SimulatedDisk disk() {
        return disk;
    }

    public boolean isUp() {
        return up;
    }

    long upForMs() {
        return (time.nowNs() - upSinceNs) / 1_000_000;
    }

    public Coordinator coordinator() {
        return running.coordinator();
    }

    public SimulatedProcess process() {
        return process;
    }

    /** Whether its answers count. A node that is down keeps its last status. */
    public VotingStatus votingStatus() {
        return up ? running.right().votingStatus() : VotingStatus.VOTING;
    }

    /** Starts a process on what the last one left. Does nothing if one runs. */
    public void start() {
        if (up) {
            return;
        }
        SimulatedProcess next = new SimulatedProcess(time);
        process = next;
        try {
            disk.bringPowerBack();
            running = RunningNode.open(
                    new RunningNode.Machine(this, disk, clock, options, random),
                    next,
                    failure -> halt(next),
                    this::coordinator);
            up = true;
            upSinceNs = time.nowNs();
            lookAfterStart();
        } catch (IOException | StoreException e) {
            if (!disk.isCrashed() && !isExpected(e)) {
                throw new AssertionError(id + " does not start: " + e, e);
            }
            losePower();
            startSoon();
        }
    }

    private static boolean isExpected(Exception e) {
        return e instanceof DiskFullException || String.valueOf(e.getMessage()).startsWith("planned failure");
    }

    /** A supervisor starts the process again. */
    void startSoon() {
        time.afterMs(random.nextInt(250), this::start);
    }

    private Coordinator coordinator(SimulatedProcess next, HybridClock hybrid) {
        List<Link> links = cluster.nodes().stream()
                .map(node -> new Link(this, node, next, cluster.network(), random))
                .toList();
        PeerClocks clocks = new PeerClocks(clock, links);
        CoordinatorParts parts = new CoordinatorParts(
                id,
                new ClusterMembers(
                        new Placement(
                                cluster.nodes().stream().map(SimulatedNode::id).toList()),
                        links),
                new TimeSources(clock, next, hybrid, () -> clocks.ceilingMs(RunningNode.SKEW_MS_MAX)),
                random);
        links.forEach(Link::open);
        return new Coordinator(parts.withObserver(new OutcomeReader(cluster.judges(), time::nowNs)));
    }

    /** The store has stopped for good, and its process ends with it. */
    private void halt(SimulatedProcess ended) {
        if (ended == process && !ended.isOver()) {
            cluster.count("halt");
            if (disk.isCrashed()) {
                losePower();
            } else {
                kill();
            }
            startSoon();
        }
    }

    /** SIGKILL: what was written stays, forced or not. */
    public void kill() {
        up = false;
        process.end();
        disk.killProcess();
    }

    public void losePower() {
        up = false;
        process.end();
        disk.losePower();
    }

    /** The replica finds its store damaged, and loses its vote. The next process starts with an empty store. */
    public void damage() {
        running.right().lose(new CorruptException("planned", 0, "damage"));
    }

    // ---- what judges see ----

    /** Looks into the store if something may have become visible there in the last step. */
    public void look() {
        if (up && disk.changes() != changesSeen) {
            changesSeen = disk.changes();
            Judges judges = cluster.judges();
            for (Key key : judges.keys()) {
                ReplicaState.inMemory(running.store(), key).ifPresent(state -> judges.holds(index, key, state));
            }
        }
    }

    private void lookAfterStart() {
        Judges judges = cluster.judges();
        if (running.right().votingStatus() == VotingStatus.FILLING) {
            judges.wiped(index);
        }
        afterPowerLoss(judges.keys()).forEach((key, state) -> judges.holds(index, key, state));
    }

    private Map<Key, ReplicaState> afterPowerLoss(Set<Key> keys) {
        return disk.afterPowerLoss(keys, options, clock);
    }

    /** A coordinator asks something of this node, whether or not that arrives. */
    void asked(Request request) {
        messages.asked(request);
    }

    /** Hands a request to the replica, if it runs. Judges see the reply before it leaves. */
    public void handle(Request request, Consumer<Reply> reply) {
        if (!up) {
            return;
        }
        asked(request);
        SimulatedProcess current = process;
        current.run(() -> running.replica().handle(request, answer -> {
            if (!current.isOver()) {
                messages.answered(index, running.right().votingStatus(), request, answer);
                cluster.judges().replies(index, this::afterPowerLoss);
                reply.accept(answer);
            }
        }));
    }
}
