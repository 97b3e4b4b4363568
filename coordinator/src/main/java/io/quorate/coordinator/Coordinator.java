package io.quorate.coordinator;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ConditionalWriteOperation;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.RequestedWrite;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import io.quorate.coordinator.operation.idempotency.IdempotentWriteOperation;
import io.quorate.coordinator.operation.idempotency.RequestStatusOperation;
import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.operation.register.SurveyOperation;
import io.quorate.coordinator.operation.register.WriteOperation;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.coordinator.operation.scan.ScanOperation;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.MemberState;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.round.HedgeBudget;
import io.quorate.coordinator.round.RoundContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Runs operations on the replicas of any key: leaderless, with no state that outlives an operation besides counters, so
 * that there can be any number of coordinators. One per event loop, used on that loop only; outcomes come on it too.
 */
public final class Coordinator {
    /** Most operations in flight at one coordinator; more are refused, so that a slow cluster cannot fill a heap. */
    static final int IN_FLIGHT_MAX = 8192;

    /** Most pages of scans in flight at one coordinator: each may keep some hundred kilobytes of every replica. */
    static final int SCANS_IN_FLIGHT_MAX = 16;

    private static final int RANK_FIRST = 0;
    private static final int RANK_LAST = 2;

    private final NodeId id;
    private final Placement placement;
    private final Map<NodeId, ReplicaClient> replicas;
    private final Map<List<NodeId>, List<ReplicaClient>> groups = new IdentityHashMap<>();
    private final RoundContext context;
    private final VersionMint versions;
    private final OperationObserver observer;
    private final ProposerQueues queues = new ProposerQueues();
    private int inFlight;
    private int scansInFlight;
    private int rotation;

    /**
     * @param id who coordinates, for evidence
     * @param replicas one for each member of the placement
     * @param peerCeilingMs the latest wall-clock time that the peers' clocks make plausible
     * @param random gives the session of this coordinator's versions: never the same bits twice
     * @param observer is told of every operation that ended
     */
    public Coordinator(
            NodeId id,
            Placement placement,
            List<? extends ReplicaClient> replicas,
            Clock clock,
            Scheduler scheduler,
            HybridClock hybridClock,
            LongSupplier peerCeilingMs,
            RandomGenerator random,
            RepairCounts repairs,
            OperationObserver observer) {
        this.id = id;
        this.observer = observer;
        this.placement = placement;
        this.replicas = replicas.stream().collect(Collectors.toMap(ReplicaClient::id, Function.identity()));
        this.context = new RoundContext(
                clock,
                scheduler,
                new ClusterTime(clock, replicas),
                new HedgeBudget(),
                repairs,
                new SplittableRandom(random.nextLong()));
        this.versions = new VersionMint(hybridClock, peerCeilingMs, random.nextLong());
        this.rotation = random.nextInt(Placement.MEMBERS_MAX);
    }

    public void read(Key key, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                observed(OperationObserver.OperationKind.READ, Optional.of(key), options, listener),
                (operationContext, outcome) -> new ReadOperation(operationContext, key, options, versions, outcome));
    }

    public void write(Key key, Content content, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                observed(OperationObserver.OperationKind.WRITE, Optional.of(key), options, listener),
                (operationContext, outcome) ->
                        new WriteOperation(operationContext, key, options, content, versions, outcome));
    }

    /** Shows a page of a range of keys. */
    public void scan(PageQuery query, OperationOptions options, Consumer<Outcome> caller) {
        Consumer<Outcome> listener = observed(OperationObserver.OperationKind.SCAN, Optional.empty(), options, caller);
        // Every member holds every key; when placement cuts the keys into ranges, a page ends where its range does.
        OperationContext operationContext = assign(placement.members());
        if (scansInFlight >= SCANS_IN_FLIGHT_MAX) {
            listener.accept(new Outcome.Refused(RefusalReason.OVERLOADED, emptyEvidence(operationContext)));
            return;
        }
        scansInFlight++;
        Consumer<Outcome> whenDone = outcome -> {
            scansInFlight--;
            listener.accept(outcome);
        };
        run(operationContext, whenDone, (same, outcome) -> new ScanOperation(same, query, options, versions, outcome));
    }

    /**
     * Writes if the register fulfils a condition, atomically: compare-and-set.
     *
     * @param options always linearizable
     */
    public void writeIf(
            Key key, Content content, Precondition precondition, OperationOptions options, Consumer<Outcome> listener) {
        if (options.level() != ConsistencyLevel.LINEARIZABLE) {
            throw new IllegalArgumentException("a conditional write at level " + options.level());
        }
        run(
                key,
                observed(OperationObserver.OperationKind.CONDITIONAL_WRITE, Optional.of(key), options, listener),
                (operationContext, outcome) -> new ConditionalWriteOperation(
                        operationContext,
                        options,
                        new RequestedWrite(key, content, Optional.of(precondition)),
                        versions,
                        queues,
                        outcome));
    }

    /**
     * Writes once, however often it is asked to, here and elsewhere: every attempt has the effect, or the refusal, of the
     * first one that had any. Always linearizable.
     */
    public void writeOnce(
            Key key,
            Content content,
            Optional<Precondition> precondition,
            IdempotentRequest repeatable,
            OperationOptions options,
            Consumer<Outcome> listener) {
        OperationObserver.OperationKind kind = precondition.isPresent()
                ? OperationObserver.OperationKind.CONDITIONAL_WRITE
                : OperationObserver.OperationKind.WRITE;
        run(
                key,
                observed(kind, Optional.of(key), options, listener),
                (operationContext, outcome) -> new IdempotentWriteOperation(
                        operationContext,
                        options,
                        new RequestedWrite(key, content, precondition),
                        repeatable,
                        versions,
                        queues,
                        outcome));
    }

    /** Tells what has become of a write with an idempotency key, without any effect. */
    public void requestStatus(Key key, RequestId request, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                observed(OperationObserver.OperationKind.SURVEY, Optional.of(key), options, listener),
                (operationContext, outcome) ->
                        new RequestStatusOperation(operationContext, key, options, request, outcome));
    }

    /** Shows each replica's own copy of a key. */
    public void survey(Key key, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                observed(OperationObserver.OperationKind.SURVEY, Optional.of(key), options, listener),
                (operationContext, outcome) -> new SurveyOperation(operationContext, key, options, outcome));
    }

    /** Asks every member of the cluster how it is. */
    public void inspectMembers(long timeoutMs, Consumer<List<MemberState>> listener) {
        List<ReplicaClient> members =
                placement.members().stream().map(replicas::get).toList();
        new MemberInspection(context, members, timeoutMs, listener).start();
    }

    /** Every member as this process sees it now, without asking anybody. */
    public List<MemberState> members() {
        return placement.members().stream()
                .map(replicas::get)
                .map(replica -> MemberState.of(replica, Optional.empty()))
                .toList();
    }

    /** Whether enough members that vote are reachable now for an operation at the default level. */
    public boolean hasQuorum() {
        long reachable = replicas.values().stream()
                .filter(replica -> replica.votingStatus() == VotingStatus.VOTING
                        && replica.reachability().isReachable())
                .count();
        return reachable >= new QuorumSizes(replicas.size()).majority();
    }

    public NodeId id() {
        return id;
    }

    /** The judge of the lives of values. */
    public ClusterTime time() {
        return context.time();
    }

    public RepairCounts repairs() {
        return context.repairs();
    }

    /** By whose durations operations end. */
    public Clock clock() {
        return context.clock();
    }

    /** How many operations wait for their outcome. */
    public int inFlight() {
        return inFlight;
    }

    /** How many replicas were asked since others were slow. */
    public long hedges() {
        return context.hedges().spent();
    }

    /** How many were not, since that had been done too often. */
    public long hedgesDenied() {
        return context.hedges().denied();
    }

    private Consumer<Outcome> observed(
            OperationObserver.OperationKind kind,
            Optional<Key> key,
            OperationOptions options,
            Consumer<Outcome> listener) {
        return outcome -> {
            try {
                observer.ended(kind, key, options, outcome);
            } finally {
                listener.accept(outcome);
            }
        };
    }

    private interface Creation {
        Operation create(OperationContext operationContext, Consumer<Outcome> listener);
    }

    private void run(Key key, Consumer<Outcome> listener, Creation creation) {
        run(assign(placement.replicasOf(key)), listener, creation);
    }

    private void run(OperationContext operationContext, Consumer<Outcome> listener, Creation creation) {
        if (inFlight >= IN_FLIGHT_MAX) {
            listener.accept(new Outcome.Refused(RefusalReason.OVERLOADED, emptyEvidence(operationContext)));
            return;
        }
        inFlight++;
        Operation operation = creation.create(operationContext, outcome -> {
            inFlight--;
            listener.accept(outcome);
        });
        operation.start();
    }

    private Evidence emptyEvidence(OperationContext operationContext) {
        return new Evidence(
                id,
                operationContext.replicas(),
                operationContext.sizes().majority(),
                context.clock().monotonicNs());
    }

    private OperationContext assign(List<NodeId> ids) {
        List<ReplicaClient> holders = groups.computeIfAbsent(ids, this::group);
        return new OperationContext(context, id, holders, preference(holders), new QuorumSizes(holders.size()));
    }

    private List<ReplicaClient> group(List<NodeId> ids) {
        return ids.stream().map(replicas::get).toList();
    }

    /**
     * The local replica first, then the others in turn, and those without a vote or that seem slow after all others.
     * Each replica is looked at once: how it seems may change from one look to the next.
     */
    private int[] preference(List<ReplicaClient> holders) {
        int size = holders.size();
        rotation = (rotation + 1) % size;
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) {
            ranks[i] = rank(holders.get(i));
        }
        int[] order = new int[size];
        int filled = 0;
        for (int rank = RANK_FIRST; rank <= RANK_LAST; rank++) {
            for (int i = 0; i < size; i++) {
                int index = (rotation + i) % size;
                if (ranks[index] == rank) {
                    order[filled++] = index;
                }
            }
        }
        return order;
    }

    private static int rank(ReplicaClient replica) {
        if (replica.votingStatus() != VotingStatus.VOTING) {
            return RANK_LAST;
        }
        if (replica.isLocal()) {
            return RANK_FIRST;
        }
        return replica.reachability() == Reachability.SLOW ? RANK_LAST : RANK_FIRST + 1;
    }
}
