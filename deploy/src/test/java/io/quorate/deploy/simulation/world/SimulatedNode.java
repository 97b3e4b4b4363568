package io.quorate.deploy.simulation.world;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.ClusterMembers;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.CoordinatorParts;
import io.quorate.coordinator.TimeSources;
import io.quorate.deploy.simulation.judge.Violation;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import io.quorate.node.replica.ConsensusHandlers;
import io.quorate.node.replica.InspectHandler;
import io.quorate.node.replica.KeyStates;
import io.quorate.node.replica.ProcessGauges;
import io.quorate.node.replica.QueryHandler;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.ScanHandler;
import io.quorate.node.replica.StoreHandler;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** One machine: a disk and a clock that outlive processes, and one process at a time with a replica and a coordinator. */
public final class SimulatedNode {
    private static final ClusterId CLUSTER = new ClusterId("simulated");
    private static final long ROOM_BYTES = 1L << 40;
    private static final long SKEW_MS_MAX = 500;
    private static final long STORAGE_NS_MAX = 300_000;

    private final int index;
    private final NodeId id;
    private final Cluster cluster;
    private final SimulatedTime time;
    private final Random random;
    private final StoreOptions options;
    private final MachineClock clock;
    private final CrashDisk disk = new CrashDisk();

    private SimulatedProcess life;
    private boolean up;
    private boolean powerIsLost;
    private long upSinceNs;
    private Replica replica;
    private Coordinator coordinator;

    public SimulatedNode(int index, NodeId id, Cluster cluster, Random random, StoreOptions options)
            throws IOException {
        this.index = index;
        this.id = id;
        this.cluster = cluster;
        this.time = cluster.time();
        this.random = random;
        this.options = options;
        this.clock = new MachineClock(time);
        this.life = new SimulatedProcess(time);
        format();
    }

    private void format() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            NodeIdentity.create(directory, CLUSTER, id);
        }
        disk.killProcess();
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

    public boolean isUp() {
        return up;
    }

    long upForMs() {
        return (time.nowNs() - upSinceNs) / 1_000_000;
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public SimulatedProcess life() {
        return life;
    }

    /** Starts a process on whatever the last one left. Does nothing if there is one. */
    public void start() {
        if (up) {
            return;
        }
        SimulatedProcess next = new SimulatedProcess(time);
        life = next;
        try {
            bringPowerBack();
            open(next);
            up = true;
            upSinceNs = time.nowNs();
        } catch (IOException | StoreException e) {
            if (!disk.isCrashed() && !isExpected(e)) {
                throw new AssertionError(id + " does not start: " + e, e);
            }
            losePower();
            startSoon();
        }
    }

    private void bringPowerBack() throws IOException {
        if (powerIsLost) {
            powerIsLost = false;
            Survivors[] all = Survivors.values();
            disk.losePower(all[random.nextInt(all.length)], random);
        }
    }

    private static boolean isExpected(Exception e) {
        return e instanceof DiskFullException || String.valueOf(e.getMessage()).startsWith("planned failure");
    }

    /** Whoever looks after the machines starts it again. */
    void startSoon() {
        time.afterMs(random.nextInt(250), this::start);
    }

    private void open(SimulatedProcess next) throws IOException {
        DataDirectory directory = DataDirectory.open(disk);
        NodeIdentity.claim(directory, CLUSTER, id);
        StoreThreads threads = new StoreThreads(worker(next), worker(next), worker(next), next, clock);
        Store store = Store.open(directory, options, threads, failure -> halt(next));
        HybridClock hybrid = new HybridClock(clock, SKEW_MS_MAX);
        VotingRight right = VotingRight.of(directory);
        KeyStates states = new KeyStates(store, right, worker(next));
        replica = new Replica(
                hybrid,
                right,
                new InspectHandler(Optional.of(store), hybrid, right, new ProcessGauges()),
                Optional.of(new Replica.Registers(
                        new QueryHandler(states),
                        new StoreHandler(store, right, hybrid, worker(next)),
                        ConsensusHandlers.of(states, hybrid),
                        new ScanHandler(states, worker(next)))));
        coordinator = coordinator(next, hybrid);
    }

    private Worker worker(SimulatedProcess next) {
        return new Worker(random, next, STORAGE_NS_MAX);
    }

    private Coordinator coordinator(SimulatedProcess next, HybridClock hybrid) {
        List<Link> links = cluster.nodes().stream()
                .map(node -> new Link(this, node, next, cluster.network(), random))
                .toList();
        return new Coordinator(new CoordinatorParts(
                id,
                new ClusterMembers(
                        new Placement(
                                cluster.nodes().stream().map(SimulatedNode::id).toList()),
                        links),
                new TimeSources(clock, next, hybrid, this::peerCeilingMs),
                random));
    }

    /** As a node reckons it: its own clock is not believed further than this ahead of the others'. */
    private long peerCeilingMs() {
        return cluster.nodes().stream()
                        .filter(node -> node != this && node.isUp())
                        .mapToLong(node -> node.clock.wallMs())
                        .max()
                        .orElse(Long.MAX_VALUE - SKEW_MS_MAX)
                + SKEW_MS_MAX;
    }

    /** The store has stopped for good, and takes the process along. */
    private void halt(SimulatedProcess ended) {
        if (ended == life && !ended.isOver()) {
            cluster.count("halt");
            if (disk.isCrashed()) {
                losePower();
            } else {
                kill();
            }
            startSoon();
        }
    }

    /** SIGKILL: what was written is there, forced or not. */
    public void kill() {
        up = false;
        life.end();
        disk.killProcess();
    }

    public void losePower() {
        kill();
        powerIsLost = true;
    }

    /** Loses power in the middle of something that the disk is told to do soon. */
    void losePowerWhileWriting() {
        disk.crashAt(disk.operations() + random.nextInt(12));
    }

    /** One force that the disk is told to do soon fails, and with that the process. */
    void failForce() {
        int[] left = {random.nextInt(6)};
        disk.faults().fail(operation -> operation.kind() == Operation.Kind.FORCE && left[0]-- == 0);
    }

    /** Of what the disk can hold, so much is left. */
    void limitRoom(long bytes) {
        disk.faults().roomBytes(disk.totalBytes() - disk.usableBytes() + bytes);
    }

    void giveRoom() {
        disk.faults().roomBytes(ROOM_BYTES);
    }

    /** What was to befall the disk does not. */
    void calm() {
        disk.crashAt(Long.MAX_VALUE);
        disk.faults().fail(Operation.none());
        giveRoom();
    }

    /** A store takes what its callers throw for a failure of its own, so that a violation must not pass through it. */
    private void judge(Request request, Reply answer) {
        try {
            cluster.audit().answered(index, request, answer);
        } catch (Violation e) {
            time.after(0, () -> {
                throw e;
            });
        }
    }

    /** Hands a request to the replica, if there is one; what it answers is judged before it leaves. */
    public void handle(Request request, Consumer<Reply> reply) {
        if (!up) {
            return;
        }
        SimulatedProcess current = life;
        current.run(() -> replica.handle(request, answer -> {
            if (!current.isOver()) {
                judge(request, answer);
                reply.accept(answer);
            }
        }));
    }
}
