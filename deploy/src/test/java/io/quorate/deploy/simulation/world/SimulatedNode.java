package io.quorate.deploy.simulation.world;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.model.Direction;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.replica.PeerDisks;
import io.quorate.deploy.convergence.CoordinatorSettlement;
import io.quorate.deploy.convergence.ReplicaPeers;
import io.quorate.deploy.simulation.judge.DurableState;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.deploy.simulation.judge.KeptHints;
import io.quorate.deploy.simulation.judge.MessageReader;
import io.quorate.node.convergence.antientropy.PassCompanion;
import io.quorate.node.convergence.antientropy.PassDriver;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.Settlement;
import io.quorate.node.convergence.forgetting.ForgettingOptions;
import io.quorate.node.convergence.forgetting.TombstoneForgetting;
import io.quorate.node.identity.NodeIdentity;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.RegisterWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A machine with a replica: its disk outlives processes. */
public final class SimulatedNode extends SimulatedMachine {
    private static final long SETTLED_MS_MAX = 500;

    /** A read of a whole store costs as much as many steps. */
    private static final int PASSES_PER_WHOLE_READ = 16;

    private final StoreOptions options;
    private final SimulatedDisk disk;
    private final MessageReader messages;

    private Membership membership;
    private RunningNode running;
    private PassDriver driver;
    private StoreLook looks;
    private VersionsSeen versions = new VersionsSeen(null, 0, Map.of());
    private FoundingView founding = new FoundingView(Optional.empty(), false);

    public SimulatedNode(int index, NodeId id, Cluster cluster, Random random, StoreOptions options)
            throws IOException {
        super(index, id, cluster, random);
        this.options = options;
        this.disk = new SimulatedDisk(id, random);
        if (cluster.hasSlowDisks()) {
            disk.slowDown();
        }
        this.messages = new MessageReader(cluster.judges());
    }

    SimulatedDisk disk() {
        return disk;
    }

    @Override
    public Coordinator coordinator() {
        return running.coordinator();
    }

    /** Whether its answers count. A node that is down keeps its last status. */
    public VotingStatus votingStatus() {
        return isUp() ? running.right().votingStatus() : VotingStatus.VOTING;
    }

    @Override
    boolean open(SimulatedProcess next) {
        try {
            disk.bringPowerBack();
            running = RunningNode.open(
                    new RunningNode.Machine(this, disk, clock(), options, random()),
                    next,
                    failure -> halt(next),
                    this::coordinator);
            lookAfterStart();
            cluster().passes().ifPresent(options -> drivePasses(options, next));
            return true;
        } catch (IOException | StoreException e) {
            if (!disk.isCrashed() && !isExpected(e)) {
                throw new AssertionError(id() + " does not start: " + e, e);
            }
            losePower();
            startSoon();
            return false;
        }
    }

    /** Its present process has claimed its directory. */
    void joins(Membership member) {
        membership = member;
    }

    Membership membership() {
        return membership;
    }

    @Override
    Hello hello(SimulatedNode receiver, MemberIds members) {
        NodeIdentity own = membership.identity();
        return new Hello(own.cluster(), own.node(), own.incarnation(), own.disk(), receiver.id(), members);
    }

    @Override
    PeerDisks disks() {
        return membership.disks();
    }

    private void drivePasses(PassOptions options, SimulatedProcess next) {
        Peers peers = peers();
        Settlement reads = new CoordinatorSettlement(running.coordinator(), SETTLED_MS_MAX);
        Settlement counted = (key, settled) -> {
            cluster().count("open key settled by a pass");
            reads.settle(key, settled);
        };
        driver = new PassDriver(
                id(),
                peers,
                counted,
                running.passes(),
                options,
                new PassFigures(),
                clock(),
                next,
                companion(peers, options, next),
                running.hints()::replaySteps);
        driver.start();
    }

    /** The first one that is reachable and votes drives. */
    private Peers peers() {
        List<Peers.PassPeer> inOrder = new ArrayList<>(new ReplicaPeers(replicas()).all());
        if (cluster().hasManyDrivers()) {
            inOrder.sort(Comparator.comparing(peer -> !peer.id().equals(id())));
        }
        return () -> inOrder;
    }

    private PassCompanion companion(Peers peers, PassOptions options, SimulatedProcess next) {
        OptionalLong quietMs = cluster().forgetsAfterMs();
        return quietMs.isEmpty()
                ? PassCompanion.NONE
                : new TombstoneForgetting(
                        peers,
                        new ForgettingOptions(
                                membership.founding()::isFounded,
                                quietMs.getAsLong(),
                                options.answerTimeoutMs(),
                                listedKeysMax(options),
                                (listedKeysMax(options) + 1) / 2),
                        next,
                        clock(),
                        running.forgetting());
    }

    /** A whole range has more keys than one list, and most lists more than one round. */
    private static int listedKeysMax(PassOptions options) {
        return (options.rangeLimits().entriesMax() + 1) / 2;
    }

    /** Its process drives no pass any more. */
    public void restFromPasses() {
        driver.stop();
    }

    /** Entries that are left of deleted keys: tombstones, and acceptors of absent keys. */
    public List<Key> leftOfDeletes() {
        List<Key> left = new ArrayList<>();
        if (isUp()) {
            try (RegisterWalk walk = running.states().walk(KeyRange.ALL, Direction.ASCENDING)) {
                while (walk.advanceToAny()) {
                    KeyState state = walk.state();
                    boolean isTombstone = !state.isAbsent() && state.register().isTombstone();
                    if (isTombstone || state.isAbsent() && !state.acceptor().isEmpty()) {
                        left.add(walk.key());
                    }
                }
            }
        }
        return left;
    }

    /** What the replica holds of each key, whether or not it has a vote. Nothing of a node that is down. */
    public Map<Key, KeyState> held() {
        Map<Key, KeyState> held = new LinkedHashMap<>();
        if (isUp()) {
            try (RegisterWalk walk = running.states().walk(KeyRange.ALL, Direction.ASCENDING)) {
                while (walk.advance()) {
                    held.put(walk.key(), walk.state());
                }
            }
        }
        return held;
    }

    private static boolean isExpected(Exception e) {
        return e instanceof DiskFullException || String.valueOf(e.getMessage()).startsWith("planned failure");
    }

    /** The store has stopped for good, and its process ends with it. */
    private void halt(SimulatedProcess ended) {
        if (ended == process() && !ended.isOver()) {
            cluster().count("halt");
            if (disk.isCrashed()) {
                losePower();
            } else {
                kill();
            }
            startSoon();
        }
    }

    @Override
    public void kill() {
        super.kill();
        disk.killProcess();
    }

    @Override
    public void losePower() {
        super.losePower();
        disk.losePower();
    }

    /** The replica finds its store damaged, and loses its vote. The next process starts with an empty store. */
    public void damage() {
        running.right().lose(new CorruptException("planned", 0, "damage"));
    }

    // ---- another disk under the same name ----

    /** The node loses its disk, and starts with an empty one. */
    public void loseDisk() {
        kill();
        try {
            disk.replace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node gets its own disk back, if it has another one. */
    public void findDisk() {
        if (disk.isReplaced()) {
            kill();
            disk.bringBack();
        }
    }

    /**
     * Whether it runs on another disk than the member whose name it has. What it shows then is nothing of the member.
     */
    public boolean isImpostor() {
        return disk.isReplaced();
    }

    /** Whether a power loss now would leave it founded. */
    public boolean isFounded() {
        return disk.durableMemory(members()).isFounded();
    }

    /** Whether a power loss now would leave it agreed on the disks of all members. */
    public boolean hasAgreed() {
        return disk.durableMemory(members()).agreed().isPresent();
    }

    MemberIds members() {
        return new MemberIds(cluster().nodes().stream().map(SimulatedNode::id).toList());
    }

    /** A process accepts this node with the disk that it showed. */
    void acceptedBy(SimulatedMachine machine, DiskId shown) {
        machine.accepted(id());
        machine.ownDisk()
                .ifPresentOrElse(
                        own -> cluster().judges().accepts("disk " + own, id(), shown, machine.remembered(id())),
                        () -> cluster()
                                .judges()
                                .accepts("process " + machine.process().number(), id(), shown, Optional.of(shown)));
    }

    @Override
    Optional<DiskId> ownDisk() {
        return membership.identity().disk();
    }

    /** An impostor's memory dies with its disk. */
    @Override
    Optional<DiskId> remembered(NodeId other) {
        return isImpostor()
                ? membership.memory().diskOf(other)
                : disk.durableMemory(members()).diskOf(other);
    }

    private void lookAtFounding() {
        Optional<MemberDisks> agreed = membership.memory().agreed();
        FoundingView seen = new FoundingView(agreed, membership.memory().isFounded());
        if (!isImpostor() && !seen.equals(founding)) {
            founding = seen;
            Map<NodeId, Optional<MemberDisks>> all = new LinkedHashMap<>();
            cluster()
                    .nodes()
                    .forEach(node -> all.put(
                            node.id(), node.disk.durableMemory(members()).agreed()));
            cluster().judges().founding(id(), seen.agreed(), seen.founded(), all);
        }
    }

    /** What the memory of a process says. */
    private record FoundingView(Optional<MemberDisks> agreed, boolean founded) {}

    // ---- what judges see ----

    /** Looks into the store if something may have become visible there in the last step. */
    public void look() {
        if (isUp() && disk.isCrashed()) {
            halt(process()); // the power was lost while something else than the store wrote
            return;
        }
        if (isMemberThatRuns() && looks.isDue(disk.changes())) {
            lookAtFounding();
            looks.look(disk.changes());
        }
    }

    /** Whether it keeps hints for a node that votes. */
    public boolean keepsHintsForVoters() {
        return cluster().nodes().stream()
                .filter(node -> node.votingStatus() == VotingStatus.VOTING)
                .anyMatch(node -> KeptHints.of(running.store()).anyFor(node.index()));
    }

    /** For which members this node keeps hints, for a message. */
    public String keptHints() {
        return cluster().nodes().stream()
                .filter(node -> KeptHints.of(running.store()).anyFor(node.index()))
                .map(node -> index() + " keeps hints for " + node.index() + ", which is " + node.votingStatus() + ". ")
                .collect(Collectors.joining());
    }

    private void lookAfterStart() {
        if (isImpostor()) {
            return;
        }
        lookAtFounding();
        Judges judges = cluster().judges();
        if (running.right().votingStatus() == VotingStatus.FILLING) {
            judges.wiped(index());
        }
        DurableState left = afterPowerLoss(judges.keys());
        judges.has(index(), left.ages());
        looks = new StoreLook(index(), cluster(), running, left.ages());
        left.keys().forEach((key, state) -> judges.holds(index(), key, state));
        judges.keeps(index(), KeptHints.of(running.store()));
    }

    private DurableState afterPowerLoss(Set<Key> keys) {
        return disk.afterPowerLoss(keys, options, clock());
    }

    /** A coordinator asks something of this node, whether or not that arrives. */
    void asked(Request request) {
        messages.asked(request);
        if (request instanceof Digest digest && digest.pass().next().isEmpty()) {
            passBegins(digest.pass());
        } else if (request instanceof PassEnd end && cluster().judges().ends(end.pass())) {
            cluster().count("pass");
            voters().forEach(node -> node.judgeEnd(end.pass()));
        }
    }

    private void passBegins(PassProgress pass) {
        if (cluster().judges().isNew(pass)) {
            Map<Key, Version> newest = new LinkedHashMap<>();
            cluster().nodes().stream().filter(SimulatedNode::isMemberThatRuns).forEach(node -> node.versionsIn(pass)
                    .forEach((key, version) -> newest.merge(key, version, Version::max)));
            cluster().judges().began(pass, newest);
        }
    }

    /** What judges know of it, which is nearly all. In some passes what a read of the whole store shows. */
    private Map<Key, Version> versionsIn(PassProgress pass) {
        return isReadWhole(pass) ? versions() : cluster().judges().known(index());
    }

    private static boolean isReadWhole(PassProgress pass) {
        return pass.number() % PASSES_PER_WHOLE_READ == 0;
    }

    private void judgeEnd(PassProgress pass) {
        cluster().judges().ended(pass, index(), isReadWhole(pass), this::versionOf);
    }

    private List<SimulatedNode> voters() {
        return cluster().nodes().stream().filter(SimulatedNode::votes).toList();
    }

    private boolean votes() {
        return isMemberThatRuns() && votingStatus() == VotingStatus.VOTING;
    }

    /** What an impostor holds goes away with its disk. */
    private boolean isMemberThatRuns() {
        return isUp() && !isImpostor();
    }

    private Version versionOf(Key key) {
        Record register = running.store().get(key);
        return register.isForgotten() ? Version.ZERO : register.version();
    }

    /** Read once for each change of the disk, since nothing becomes visible in a store without one. */
    private Map<Key, Version> versions() {
        if (!versions.isOf(running, disk.changes())) {
            Map<Key, Version> read = new LinkedHashMap<>();
            held().forEach((key, state) -> read.put(key, state.register().version()));
            versions = new VersionsSeen(running, disk.changes(), read);
        }
        return versions.byKey();
    }

    /** What a process held when so much had changed on its disk. */
    private record VersionsSeen(RunningNode process, long changes, Map<Key, Version> byKey) {
        boolean isOf(RunningNode other, long otherChanges) {
            return process == other && changes == otherChanges;
        }
    }

    /** Hands a request to the replica, if it runs. Judges see the reply before it leaves. */
    public void handle(Request request, Consumer<Reply> reply) {
        handle(request, Frame.ANY_TIME, reply);
    }

    /** @param patienceMs as {@link Frame#patienceMs} has it */
    public void handle(Request request, long patienceMs, Consumer<Reply> reply) {
        if (!isUp()) {
            return;
        }
        asked(request);
        if (request instanceof PassEnd end && votes()) {
            judgeEnd(end.pass()); // it may have been down when the pass ended
        }
        SimulatedProcess current = process();
        current.run(() -> running.replica().handle(request, patienceMs, answer -> {
            if (!current.isOver() && isImpostor()) {
                reply.accept(answer);
            } else if (!current.isOver()) {
                if (request instanceof AgreeOnMembers agree && answer instanceof MembersAgreed) {
                    cluster()
                            .judges()
                            .agrees(
                                    id(),
                                    agree.disks(),
                                    disk.durableMemory(members()).agreed());
                }
                messages.answered(index(), running.right().votingStatus(), request, answer);
                if (request instanceof StoreRequest || request instanceof Missed) {
                    cluster().judges().keeps(index(), KeptHints.inMemory(running.store()));
                }
                cluster().judges().replies(index(), this::afterPowerLoss);
                if (answer instanceof Rejected rejected) {
                    cluster().count("rejected: " + rejected.cause());
                }
                reply.accept(answer);
            }
        }));
    }
}
