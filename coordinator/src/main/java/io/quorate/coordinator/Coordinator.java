package io.quorate.coordinator;

import io.quorate.common.loop.Asker;
import io.quorate.common.loop.ValueSizes;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.RequestId;
import io.quorate.common.placement.Placement;
import io.quorate.common.thread.Defects;
import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.admission.ConcurrencyLimit;
import io.quorate.coordinator.admission.FoundSizes;
import io.quorate.coordinator.admission.Places;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationObserver.OperationKind;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.OutcomeKind;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.bundle.FunctionOperation;
import io.quorate.coordinator.operation.bundle.FunctionQueues;
import io.quorate.coordinator.operation.consensus.ConditionalWriteOperation;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.RequestedWrite;
import io.quorate.coordinator.operation.function.RegisterFunction;
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
import io.quorate.coordinator.replica.PeerClocks;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.HedgeBudget;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs operations on the replicas of any key. A coordinator is leaderless: besides counters, it has no state that
 * outlives an operation, so there can be any number of coordinators. Each event loop has one, and uses it alone.
 * Outcomes arrive on that loop.
 *
 * <p>This class is the one place that lists the operations. {@link ClusterMembers} knows the replicas,
 * {@link ReplicaPreference} in which order to ask them, and {@link Admission} how many operations may be in flight.
 */
public final class Coordinator {
    /** So many times the limit all operations together may be, when some clients have more in flight than others. */
    private static final long OPERATIONS_BEYOND = 2;

    private static final long PLACES_BEYOND = 4;

    private final NodeId id;
    private final RoundContext context;
    private final OperationObserver observer;

    private final OwnerThread eventLoop = new OwnerThread();
    // The event loop owns these.
    private final ClusterMembers members;
    private final VersionMint versions;
    private final ReplicaPreference preference;
    private final ProposerQueues queues = new ProposerQueues();
    private final FunctionQueues functions;
    private final ConcurrencyLimit limit;
    private final Admission operations;

    /** By the operations in flight, of the limit. */
    private int takenPlaces;

    private final Admission scans;

    public Coordinator(CoordinatorParts parts) {
        TimeSources time = parts.time();
        RandomGenerator random = parts.random();
        this.id = parts.id();
        this.observer = parts.observer();
        this.members = parts.members();
        this.limit = new ConcurrencyLimit(parts.limits().operationsMax());
        this.operations = new Admission(parts.limits().operationsMax());
        this.scans = new Admission(parts.limits().scansMax());
        this.context = new RoundContext(
                time.clock(),
                time.scheduler(),
                new ClusterTime(new PeerClocks(time.clock(), members.all())),
                new HedgeBudget(),
                new ValueSizes(),
                parts.repairs(),
                new SplittableRandom(random.nextLong()),
                parts.memory());
        this.versions = new VersionMint(time.hybridClock(), time.ceilingMs(), random.nextLong());
        this.functions = new FunctionQueues(versions, queues);
        this.preference = new ReplicaPreference(random.nextInt(Placement.MEMBERS_MAX));
    }

    public void read(Key key, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                OperationKind.READ,
                options.asker(),
                Places.ofRead(options.asker()),
                FoundSizes.ofRead(options.asker(), observed(OperationKind.READ, Optional.of(key), options, listener)),
                (operationContext, outcome) -> new ReadOperation(operationContext, key, options, versions, outcome));
    }

    /**
     * Reads a key, and leaves nothing open for it: neither an unfinished conditional write at any reachable replica,
     * nor an expired value. Anti-entropy asks for it, so no observer sees it. It takes no place of an operation that a
     * client waits for: the caller bounds how many there are.
     */
    public void settle(Key key, OperationOptions options, Consumer<Outcome> listener) {
        start(
                assign(members.holdersOf(key)),
                listener,
                (operationContext, outcome) ->
                        new ReadOperation(operationContext, key, options, versions, true, outcome));
    }

    public void write(Key key, Content content, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                OperationKind.WRITE,
                options.asker(),
                Places.ofWrite(content),
                observed(OperationKind.WRITE, Optional.of(key), options, listener),
                (operationContext, outcome) ->
                        new WriteOperation(operationContext, key, options, content, versions, outcome));
    }

    /** Reads one page of a range of keys. */
    public void scan(PageQuery query, OperationOptions options, Consumer<Outcome> caller) {
        Consumer<Outcome> listener = FoundSizes.ofPage(
                query, options.asker(), observed(OperationKind.SCAN, Optional.empty(), options, caller));
        // Every member holds every key. Once placement divides the keys into ranges, a page must end where its range
        // does.
        OperationContext operationContext = assign(members.all());
        if (scans.isFull()) {
            listener.accept(refused(RefusalReason.OVERLOADED, operationContext));
            return;
        }
        run(
                operationContext,
                OperationKind.SCAN,
                options.asker(),
                Places.ofPage(query, options.asker()),
                scans.admit(listener),
                (same, outcome) -> new ScanOperation(same, query, options, versions, outcome));
    }

    /**
     * Compare-and-set: writes if the register fulfils a condition, atomically.
     *
     * @param options always linearizable
     */
    public void writeIf(
            Key key, Content content, Precondition precondition, OperationOptions options, Consumer<Outcome> listener) {
        requireLinearizable("a conditional write", options);
        run(
                key,
                OperationKind.CONDITIONAL_WRITE,
                options.asker(),
                Places.ofWrite(content),
                observed(OperationKind.CONDITIONAL_WRITE, Optional.of(key), options, listener),
                (operationContext, outcome) -> new ConditionalWriteOperation(
                        operationContext,
                        options,
                        new RequestedWrite(key, content, Optional.of(precondition)),
                        versions,
                        queues,
                        outcome));
    }

    /**
     * Changes a key by a function of its value. Those that wait for a key at the same time are applied together, one
     * after the other.
     *
     * @param options always linearizable
     */
    public void change(Key key, RegisterFunction function, OperationOptions options, Consumer<Outcome> listener) {
        requireLinearizable("a function", options);
        run(
                key,
                OperationKind.CONDITIONAL_WRITE,
                options.asker(),
                functions.isAnyWaiting(key) ? Places.ofOperand(function) : Places.ofChange(function, options.asker()),
                FoundSizes.ofChange(
                        function,
                        options.asker(),
                        observed(OperationKind.CONDITIONAL_WRITE, Optional.of(key), options, listener)),
                (operationContext, outcome) ->
                        new FunctionOperation(operationContext, options, key, function, functions, outcome));
    }

    /** Changes a key by a function once, as {@link #writeOnce} writes once. */
    public void changeOnce(
            Key key,
            RegisterFunction function,
            IdempotentRequest request,
            OperationOptions options,
            Consumer<Outcome> listener) {
        writeOnce(
                new RequestedWrite(key, function, Optional.empty()),
                OperationKind.CONDITIONAL_WRITE,
                request,
                options,
                listener);
    }

    private static void requireLinearizable(String write, OperationOptions options) {
        if (options.level() != ConsistencyLevel.LINEARIZABLE) {
            throw new IllegalArgumentException(write + " at level " + options.level());
        }
    }

    /**
     * Writes once, however often and wherever the same request is sent. Every attempt has the effect, or the refusal,
     * of the first attempt that had any. Always linearizable.
     */
    public void writeOnce(
            Key key,
            Content content,
            Optional<Precondition> precondition,
            IdempotentRequest request,
            OperationOptions options,
            Consumer<Outcome> listener) {
        OperationKind kind = precondition.isPresent() ? OperationKind.CONDITIONAL_WRITE : OperationKind.WRITE;
        writeOnce(new RequestedWrite(key, content, precondition), kind, request, options, listener);
    }

    private void writeOnce(
            RequestedWrite write,
            OperationKind kind,
            IdempotentRequest request,
            OperationOptions options,
            Consumer<Outcome> listener) {
        run(
                write.key(),
                kind,
                options.asker(),
                Places.ofChange(write.change(), options.asker()),
                FoundSizes.ofChange(
                        write.change(), options.asker(), observed(kind, Optional.of(write.key()), options, listener)),
                (operationContext, outcome) -> new IdempotentWriteOperation(
                        operationContext, options, write, request, versions, queues, outcome));
    }

    /** Finds out what happened to a write with an idempotency key, without any effect. */
    public void requestStatus(Key key, RequestId request, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                OperationKind.SURVEY,
                options.asker(),
                Places.ONE,
                observed(OperationKind.SURVEY, Optional.of(key), options, listener),
                (operationContext, outcome) ->
                        new RequestStatusOperation(operationContext, key, options, request, outcome));
    }

    /** Reads each replica's own copy of a key. */
    public void survey(Key key, OperationOptions options, Consumer<Outcome> listener) {
        run(
                key,
                OperationKind.SURVEY,
                options.asker(),
                Places.ONE,
                observed(OperationKind.SURVEY, Optional.of(key), options, listener),
                (operationContext, outcome) -> new SurveyOperation(operationContext, key, options, outcome));
    }

    /** Asks every reachable member of the cluster about its state. */
    public void inspectMembers(long timeoutMs, Consumer<List<MemberState>> listener) {
        assert eventLoop.isCurrent() : eventLoop;
        members.inspect(context, timeoutMs, listener);
    }

    /** Every member as this process sees it now. No message is sent. */
    public List<MemberState> members() {
        assert eventLoop.isCurrent() : eventLoop;
        return members.states();
    }

    /** Whether enough voting members are reachable now for an operation at the default level. */
    public boolean hasQuorum() {
        assert eventLoop.isCurrent() : eventLoop;
        return members.hasQuorum();
    }

    public NodeId id() {
        return id;
    }

    /** Judges whether values have expired. */
    public ClusterTime time() {
        return context.time();
    }

    public RepairCounts repairs() {
        return context.repairs();
    }

    /** The clock that operations' time-outs are measured with. */
    public Clock clock() {
        return context.clock();
    }

    /** About how long the values are that reads found of late. */
    public int usualValueBytes() {
        assert eventLoop.isCurrent() : eventLoop;
        return context.sizes().meanBytes();
    }

    /** How many operations of clients wait for their outcome. */
    public int inFlight() {
        assert eventLoop.isCurrent() : eventLoop;
        return operations.inFlight();
    }

    /** How many places may be taken before further requests wait. It follows how long operations take. */
    public int limit() {
        assert eventLoop.isCurrent() : eventLoop;
        return limit.limit();
    }

    /** Whether requests that wait should be begun now. To be asked only if there are some. */
    public boolean takesMore() {
        boolean more = takenPlaces < limit.limit();
        if (!more) {
            limit.wanted();
        }
        return more;
    }

    /**
     * Whether requests should be begun beyond the limit whose clients have less in flight than others. A few large
     * values exceed it by several places, and who asks for little does not wait for them.
     */
    public boolean takesMoreBeyondLimit() {
        return inFlight() < OPERATIONS_BEYOND * limit.limit() && takenPlaces < PLACES_BEYOND * limit.limit();
    }

    /** How many replicas were asked because others were slow. */
    public long hedges() {
        assert eventLoop.isCurrent() : eventLoop;
        return context.hedges().sent();
    }

    /** How many replicas were not asked although others were slow, because this had happened too often. */
    public long hedgesDenied() {
        assert eventLoop.isCurrent() : eventLoop;
        return context.hedges().denied();
    }

    private Consumer<Outcome> observed(
            OperationKind kind, Optional<Key> key, OperationOptions options, Consumer<Outcome> listener) {
        return outcome -> {
            Defects.contain(() -> observer.ended(kind, key, options, outcome));
            Defects.contain(() -> listener.accept(outcome));
        };
    }

    private interface Creation {
        Operation create(OperationContext operationContext, Consumer<Outcome> listener);
    }

    private void run(
            Key key, OperationKind kind, Asker asker, int places, Consumer<Outcome> listener, Creation creation) {
        run(assign(members.holdersOf(key)), kind, asker, places, listener, creation);
    }

    private void run(
            OperationContext operationContext,
            OperationKind kind,
            Asker asker,
            int places,
            Consumer<Outcome> listener,
            Creation creation) {
        if (operations.isFull()) {
            listener.accept(refused(RefusalReason.OVERLOADED, operationContext));
            return;
        }
        Consumer<Outcome> admitted = operations.admit(measured(kind, asker, places, listener));
        asker.began(places);
        takenPlaces += places;
        limit.began(takenPlaces);
        start(operationContext, admitted, creation);
    }

    private void start(OperationContext operationContext, Consumer<Outcome> listener, Creation creation) {
        try {
            creation.create(operationContext, listener).start();
        } catch (RuntimeException | Error e) {
            // Only a constructor throws: an operation that has started contains its own defects.
            Defects.report(e);
            listener.accept(refused(RefusalReason.DEFECT, operationContext));
        }
    }

    private Consumer<Outcome> measured(OperationKind kind, Asker asker, int places, Consumer<Outcome> listener) {
        long begunNs = clock().monotonicNs();
        return outcome -> {
            long nowNs = clock().monotonicNs();
            takenPlaces -= places;
            asker.ended(places);
            limit.ended(kind, OutcomeKind.of(outcome), nowNs - begunNs, nowNs);
            listener.accept(outcome);
        };
    }

    private Outcome refused(RefusalReason reason, OperationContext operationContext) {
        Evidence evidence = new Evidence(
                id,
                operationContext.replicas(),
                operationContext.sizes().majority(),
                context.clock().monotonicNs());
        return new Outcome.Refused(reason, evidence);
    }

    private OperationContext assign(List<ReplicaClient> holders) {
        assert eventLoop.isCurrent() : eventLoop;
        return new OperationContext(context, id, holders, preference.next(holders), new QuorumSizes(holders.size()));
    }
}
