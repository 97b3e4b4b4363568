package io.quorate.deploy.simulation;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.WalkLimits;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.deploy.simulation.client.Client;
import io.quorate.deploy.simulation.client.FunctionClient;
import io.quorate.deploy.simulation.client.FunctionMarks;
import io.quorate.deploy.simulation.judge.History;
import io.quorate.deploy.simulation.judge.Judges;
import io.quorate.deploy.simulation.judge.Marks;
import io.quorate.deploy.simulation.judge.Violation;
import io.quorate.deploy.simulation.world.Cluster;
import io.quorate.deploy.simulation.world.Faults;
import io.quorate.deploy.simulation.world.Network;
import io.quorate.deploy.simulation.world.OverloadLimits;
import io.quorate.deploy.simulation.world.Retention;
import io.quorate.deploy.simulation.world.Scenario;
import io.quorate.deploy.simulation.world.SimulatedCoordinator;
import io.quorate.deploy.simulation.world.SimulatedMachine;
import io.quorate.deploy.simulation.world.SimulatedNode;
import io.quorate.deploy.simulation.world.SimulatedTime;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.lsm.compaction.CompactionOptions;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreOptions.BlockSizes;
import io.quorate.node.lsm.options.StoreOptions.DiskReserve;
import io.quorate.node.lsm.options.StoreOptions.MemtableSizes;
import io.quorate.node.lsm.options.StoreOptions.WriteLimits;
import io.quorate.node.replica.state.KeyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of one cluster. A seed decides all of it: machines, network, clients and faults. At the end everything is
 * healed, and the cluster must answer again and agree.
 */
public final class Simulation implements Cluster {
    private static final long MS_MAX = 60_000;

    /** A node alone may not get up for long between two faults, and its clients wait for it. */
    private static final long FAULTS_MS_MAX = 20_000;

    private static final long QUIET_MS = 1_000;

    /**
     * A store refuses a batch that no memtable holds. Six nodes, or many clients that are refused and come again, leave
     * many votes in the trace of a request.
     */
    private static final int MANY_VOTES_BYTES = 8_000;
    /** Longer than a replica reads. */
    private static final long READ_MS = 20;

    private static final int FINAL_ATTEMPTS = 10;

    /** How long a message is on its way at most. */
    private static final long LATE_MS = 250;

    /** From one look at all replicas to the next one, when all is well. */
    private static final long LOOK_MS = 50;

    /** A replay that met trouble may pause for ten seconds. */
    private static final long HANDOFF_MS_MAX = 200_000;
    /** Some passes. The first one may have begun before the cluster was well. */
    private static final long AGREEMENT_MS_MAX = 20_000;

    private final SimulatedTime time = new SimulatedTime();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedMachine> machines = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<FunctionClient> functionClients = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final History history = new History();
    private final OverloadLimits limits;
    private final Retention retention;
    private final Judges judges;
    private final Optional<PassOptions> passes;
    private final OptionalLong forgetsAfterMs;
    private final boolean manyDrivers;
    private final boolean slowDisks;
    private final boolean passesRestAtLast;
    private final Network network;
    private final Faults faults;

    public Simulation(Scenario scenario) {
        Random random = new Random(scenario.seed());
        retention = scenario.isForgetful() ? Retention.brief(random.nextInt(300)) : Retention.ENDLESS;
        limits = scenario.isOverloaded() ? OverloadLimits.tight(fork(random)) : OverloadLimits.GENEROUS;
        judges = new Judges(scenario.nodes(), retention);
        passes = scenario.hasPasses()
                ? Optional.of(passOptions(1 + fork(random).nextInt(8), scenario.forgetsDeletes()))
                : Optional.empty();
        forgetsAfterMs = scenario.forgetsDeletes()
                ? OptionalLong.of(fork(new Random(scenario.seed())).nextInt(200))
                : OptionalLong.empty();
        manyDrivers = scenario.hasManyDrivers();
        slowDisks = scenario.hasSlowDisks();
        passesRestAtLast = fork(new Random(scenario.seed())).nextInt(8) > 0;
        int coordinators = Math.max(0, random.nextInt(5) - 2);
        network = new Network(time, fork(random), scenario.nodes() + coordinators);
        faults = new Faults(this, fork(random), scenario);
        int memtableBytes = scenario.nodes() > 5 || scenario.isOverloaded() ? MANY_VOTES_BYTES : 400;
        addMachines(scenario.nodes(), coordinators, memtableBytes + random.nextInt(2_000), random);
        if (scenario.isContended() || scenario.hasManyKeys() && random.nextBoolean()) {
            network.worsen();
        }
        if (slowDisks) {
            network.doubleNothing();
        }
        for (int k = keyCount(scenario, random); k > 0; k--) {
            keys.add(Key.of("key-" + k));
        }
        addClients(scenario, random);
        if (scenario.hasFunctions()) {
            addFunctions(scenario, fork(new Random(scenario.seed())));
        }
    }

    private void addFunctions(Scenario scenario, Random random) {
        List<Key> keysOfFunctions = List.of(Marks.counter(), Marks.list());
        FunctionMarks marks = new FunctionMarks();
        int operations = Math.min(scenario.operations(), 3 + random.nextInt(12));
        for (int c = Math.min(scenario.clients(), 3 + random.nextInt(5)); c > 0; c--) {
            Key key = keysOfFunctions.get(random.nextInt(keysOfFunctions.size()));
            functionClients.add(new FunctionClient(1_000 + c, this, key, marks, fork(random), operations));
        }
        keys.addAll(keysOfFunctions);
    }

    private void addMachines(int nodeCount, int coordinators, int memtableBytes, Random random) {
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(node(i, fork(random), memtableBytes));
        }
        machines.addAll(nodes);
        for (int i = 1; i <= coordinators; i++) {
            machines.add(new SimulatedCoordinator(machines.size(), new NodeId("c" + i), this, fork(random)));
        }
    }

    private void addClients(Scenario scenario, Random random) {
        int operations = Math.min(scenario.operations(), scenario.isContended() ? 40 : 5 + random.nextInt(25));
        int crowd = scenario.isOverloaded() ? 6 : 2;
        int usualPauseMsMax = scenario.isContended() || scenario.isOverloaded() ? 2 : 8;
        int pauseMsMax = forgetsAfterMs.isPresent() ? Math.min(60, 8 * usualPauseMsMax) : usualPauseMsMax;
        for (int c = Math.min(scenario.clients(), crowd + random.nextInt(5)); c > 0; c--) {
            clients.add(new Client(c, this, List.copyOf(keys), fork(random), operations, pauseMsMax));
        }
    }

    /** A stream of its own for each part, so that what one draws does not shift what another gets. */
    private static Random fork(Random random) {
        return new Random(random.nextLong());
    }

    private static int keyCount(Scenario scenario, Random random) {
        if (scenario.isContended()) {
            return 1;
        }
        return scenario.hasManyKeys() ? 20 + random.nextInt(20) : 1 + random.nextInt(3);
    }

    private SimulatedNode node(int index, Random random, int memtableBytes) {
        try {
            return new SimulatedNode(
                    index, new NodeId("n" + (index + 1)), this, random, options(memtableBytes, retention, limits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StoreOptions options(int memtableBytes) {
        return options(memtableBytes, Retention.ENDLESS, OverloadLimits.GENEROUS);
    }

    private static StoreOptions options(int memtableBytes, Retention retention, OverloadLimits limits) {
        CompactionOptions compaction = new CompactionOptions(
                memtableBytes,
                new TierLimits(2, 4, 6, 12),
                new LevelSizes(4L * memtableBytes, 2),
                new MergeWork(2, 2, 300, 1 << 20),
                new DebtLimits(1 << 20, 4 << 20, 1 << 20),
                retention.graceMs());
        return new StoreOptions(
                new MemtableSizes(memtableBytes, 2),
                new WriteLimits(limits.queuedBytesMax(), 150, 1 << 16),
                new BlockSizes(128, 0),
                compaction,
                new DiskReserve(memtableBytes, 4 << 10),
                500);
    }

    /** Runs it up to the first violation, and says what that is, if there is one. */
    public Optional<String> violation() {
        try {
            run();
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Runs it to its end, and says what each judge finds first, a line each. */
    public Optional<String> findings() {
        time.afterEachStep(() -> nodes.forEach(SimulatedNode::look));
        List<String> findings = new ArrayList<>();
        try {
            play();
        } catch (RuntimeException | AssertionError e) {
            findings.add(e.getMessage());
        }
        findings.addAll(0, judges.violations().firsts().values());
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    /** @throws Violation at the first step after which an invariant does not hold */
    void run() {
        time.afterEachStep(this::judge);
        play();
        judges.violations().requireNone();
    }

    private void judge() {
        nodes.forEach(SimulatedNode::look);
        judges.violations().requireNone();
    }

    private void play() {
        machines.forEach(SimulatedMachine::start);
        clients.forEach(Client::start);
        functionClients.forEach(FunctionClient::start);
        faults.start();
        while (!areDone()) {
            if (simulatedMs() > MS_MAX) {
                throw new Violation("clients still wait after " + MS_MAX + " ms");
            }
            if (simulatedMs() > FAULTS_MS_MAX || clients.stream().allMatch(Client::hasBegunAll)) {
                faults.end();
            }
            time.step();
        }
        faults.end();
        time.pass(LATE_MS);
        if (passes.isPresent()) {
            awaitAgreement();
        }
        if (forgetsAfterMs.isPresent() && canForgetAll()) {
            awaitForgetting();
        }
        if (passes.isPresent() && passesRestAtLast) {
            nodes.forEach(SimulatedNode::restFromPasses);
        }
        time.pass(QUIET_MS);
        awaitHandoff();
        Map<Key, Record> agreed = new LinkedHashMap<>();
        keys.forEach(key -> agreed.put(key, agree(key)));
        time.pass(QUIET_MS); // for the repairs behind these reads
        agreed.values().removeIf(this::mayEndMeanwhile);
        agreed.forEach((key, record) -> {
            askReplicas(key, reply -> judges.atLast(key, record, normal(reply)));
            time.pass(READ_MS);
        });
    }

    /**
     * Passes that go on end a life that is over, and may forget the key too, before the replicas are asked (seed
     * 1416227093).
     */
    private boolean mayEndMeanwhile(Record read) {
        return passes.isPresent() && !passesRestAtLast && read.expiresAtMs() != Value.NEVER_EXPIRES;
    }

    private boolean areDone() {
        return clients.stream().allMatch(Client::isDone)
                && functionClients.stream().allMatch(FunctionClient::isDone);
    }

    /** After healing, every replica with a vote gets what it missed, with no read. */
    private void awaitHandoff() {
        if (!comesWithin(HANDOFF_MS_MAX, () -> nodes.stream().noneMatch(SimulatedNode::keepsHintsForVoters))) {
            throw new Violation("I14: all is well again, and hints still wait: "
                    + nodes.stream().map(SimulatedNode::keptHints).collect(Collectors.joining()));
        }
    }

    private boolean comesWithin(long ms, BooleanSupplier awaited) {
        for (long waitedMs = 0; waitedMs < ms; waitedMs += LOOK_MS) {
            if (awaited.getAsBoolean()) {
                return true;
            }
            time.pass(LOOK_MS);
        }
        return awaited.getAsBoolean();
    }

    /** Passes every other second, of ranges with a few entries. */
    private static PassOptions passOptions(int entriesMax, boolean areFrequent) {
        WalkLimits limits = new WalkLimits(entriesMax, 1 << 20);
        return areFrequent
                ? new PassOptions(limits, 20, 50, 400, 1 << 10, entriesMax % 2 * 5)
                : new PassOptions(limits, 100, 1_500, 1_000, 1 << 10, 5);
    }

    /** After healing, the replicas agree by themselves, with nobody reading, also those that were emptied. */
    private void awaitAgreement() {
        if (!comesWithin(AGREEMENT_MS_MAX, () -> difference().isEmpty())) {
            throw new Violation("I13: all is well again, nobody reads, and replicas differ: "
                    + difference().get());
        }
    }

    /** A replica without a vote stops forgetting, and so does a clock that is off. */
    private boolean canForgetAll() {
        return !faults.clocksAreOff() && nodes.stream().allMatch(node -> node.votingStatus() == VotingStatus.VOTING);
    }

    /** With nobody writing, nothing is left of deleted keys: no tombstone, and no acceptor. */
    private void awaitForgetting() {
        if (!comesWithin(AGREEMENT_MS_MAX, () -> nodes.stream()
                .allMatch(node -> node.leftOfDeletes().isEmpty()))) {
            throw new Violation("Forgetting deletes: all is well again, nobody writes, and this is left: "
                    + nodes.stream()
                            .map(node -> node.id() + " " + node.leftOfDeletes())
                            .toList());
        }
        count("all deletes forgotten");
    }

    /** A key whose copies differ, or for which a proposal is open. */
    private Optional<String> difference() {
        List<Map<Key, KeyState>> held = held();
        return keys.stream()
                .filter(key -> isLeft(key, held))
                .map(key -> key + ": " + states(key, held).toList())
                .findFirst();
    }

    private List<Map<Key, KeyState>> held() {
        return nodes.stream().map(SimulatedNode::held).toList();
    }

    private boolean isLeft(Key key, List<Map<Key, KeyState>> held) {
        return isOpen(key, held) || versions(key, held) > 1;
    }

    private static boolean isOpen(Key key, List<Map<Key, KeyState>> held) {
        return states(key, held).flatMap(Optional::stream).anyMatch(state -> state.accepted()
                .isPresent());
    }

    private long versions(Key key, List<Map<Key, KeyState>> held) {
        return states(key, held)
                .map(each -> each.map(state -> versionOf(state.register())))
                .distinct()
                .count();
    }

    private static Stream<Optional<KeyState>> states(Key key, List<Map<Key, KeyState>> held) {
        return held.stream().map(byKey -> Optional.ofNullable(byKey.get(key)));
    }

    /** Where passes forget deletes, a tombstone may be gone from some replicas and not yet from others. */
    private Version versionOf(Record register) {
        return forgetsAfterMs.isPresent() && register.isTombstone() ? Version.ZERO : register.version();
    }

    private Reply normal(Reply reply) {
        return reply instanceof RecordReply shown
                ? new RecordReply(normal(shown.record()), shown.accepted(), shown.horizon())
                : reply;
    }

    private Record normal(Record register) {
        return forgetsAfterMs.isPresent() && register.isTombstone() ? Record.NEVER_WRITTEN : register;
    }

    /**
     * After healing, every machine answers, and soon all say the same. Not at once: a read may still find and finish a
     * write with an unknown outcome, or the expiry of a value. It may pass over a slow replica, also over that of its
     * own machine, and that one alone has a proposal (seed 43742107). Where limits are tight, a replica may refuse to
     * be asked, refuse the vote that makes it forget a proposal, or refuse a repair. A later read meets that again.
     */
    private Record agree(Key key) {
        Set<Record> said = new HashSet<>();
        for (int attempt = 0; attempt < FINAL_ATTEMPTS; attempt++) {
            said.clear();
            for (SimulatedMachine machine : machines) {
                said.add(normal(read(machine, key)));
            }
            boolean isLast = attempt == FINAL_ATTEMPTS - 1;
            if (said.size() == 1 && (isLast || !isLeft(key, held()))) {
                return said.iterator().next();
            }
            time.pass(QUIET_MS);
        }
        throw new Violation("I13: all is well again, and the machines do not agree on " + key + ": " + said);
    }

    /** Asks each replica that votes for its record of a key. */
    private void askReplicas(Key key, Consumer<Reply> listener) {
        nodes.stream()
                .filter(node -> node.votingStatus() == VotingStatus.VOTING)
                .forEach(node -> node.handle(new Query(key, true), listener));
    }

    private Record read(SimulatedMachine machine, Key key) {
        for (int attempt = 0; attempt < FINAL_ATTEMPTS; attempt++) {
            long startNs = time.nowNs();
            List<Outcome> outcomes = new ArrayList<>();
            machine.coordinator()
                    .read(key, new OperationOptions(ConsistencyLevel.LINEARIZABLE, QUIET_MS), outcomes::add);
            while (outcomes.isEmpty()) {
                time.step();
            }
            if (outcomes.get(0) instanceof Outcome.Read read) {
                Record record = read.record();
                judges.history(key).saw(startNs, time.nowNs(), record.version(), Optional.of(record.content()));
                return record;
            }
            time.pass(QUIET_MS);
        }
        throw new Violation("I13: all is well again, and " + key + " cannot be read at " + machine.id());
    }

    /** Counts of the events, by kind. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** How many operations clients began. */
    int operations() {
        return clients.stream().mapToInt(Client::begun).sum()
                + functionClients.stream().mapToInt(FunctionClient::begun).sum();
    }

    long simulatedMs() {
        return time.nowNs() / 1_000_000;
    }

    /** The same for two runs only if they were the same. */
    long trace() {
        return time.trace();
    }

    @Override
    public SimulatedTime time() {
        return time;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<SimulatedNode> nodes() {
        return nodes;
    }

    @Override
    public List<SimulatedMachine> machines() {
        return machines;
    }

    @Override
    public OverloadLimits limits() {
        return limits;
    }

    @Override
    public boolean hasSlowDisks() {
        return slowDisks;
    }

    @Override
    public Retention retention() {
        return retention;
    }

    @Override
    public Optional<PassOptions> passes() {
        return passes;
    }

    @Override
    public OptionalLong forgetsAfterMs() {
        return forgetsAfterMs;
    }

    @Override
    public boolean hasManyDrivers() {
        return manyDrivers;
    }

    @Override
    public Judges judges() {
        return judges;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public void count(String what) {
        if (!what.isEmpty()) {
            counts.merge(what, 1, Integer::sum);
        }
    }
}
