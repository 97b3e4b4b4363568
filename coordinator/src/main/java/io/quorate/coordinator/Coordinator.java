package io.quorate.coordinator;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Suffrage;
import io.quorate.common.placement.Placement;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.coordinator.operation.Assignment;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.Level;
import io.quorate.coordinator.operation.Observer;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Reason;
import io.quorate.coordinator.operation.Terms;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ConditionalWriteOperation;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.Turns;
import io.quorate.coordinator.operation.idempotency.RecallOperation;
import io.quorate.coordinator.operation.idempotency.Repeatable;
import io.quorate.coordinator.operation.idempotency.RepeatableWriteOperation;
import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.operation.register.SurveyOperation;
import io.quorate.coordinator.operation.register.WriteOperation;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.quorate.coordinator.operation.scan.ScanOperation;
import io.quorate.coordinator.quorum.QuorumSizes;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.replica.Member;
import io.quorate.coordinator.replica.RepairCounts;
import io.quorate.coordinator.replica.Replica;
import io.quorate.coordinator.replica.Replica.Reachability;
import io.quorate.coordinator.round.HedgeBudget;
import io.quorate.coordinator.round.Surroundings;
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
    private final Map<NodeId, Replica> replicas;
    private final Map<List<NodeId>, List<Replica>> groups = new IdentityHashMap<>();
    private final Surroundings surroundings;
    private final VersionMint versions;
    private final Observer observer;
    private final Turns turns = new Turns();
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
            List<? extends Replica> replicas,
            Clock clock,
            Scheduler scheduler,
            HybridClock hybridClock,
            LongSupplier peerCeilingMs,
            RandomGenerator random,
            RepairCounts repairs,
            Observer observer) {
        this.id = id;
        this.observer = observer;
        this.placement = placement;
        this.replicas = replicas.stream().collect(Collectors.toMap(Replica::id, Function.identity()));
        this.surroundings = new Surroundings(
                clock,
                scheduler,
                new ClusterTime(clock, replicas),
                new HedgeBudget(),
                repairs,
                new SplittableRandom(random.nextLong()));
        this.versions = new VersionMint(hybridClock, peerCeilingMs, random.nextLong());
        this.rotation = random.nextInt(Placement.MEMBERS_MAX);
    }

    public void read(Key key, Terms terms, Consumer<Outcome> listener) {
        run(
                key,
                observed(Observer.Kind.READ, Optional.of(key), terms, listener),
                (assignment, outcome) -> new ReadOperation(assignment, key, terms, versions, outcome));
    }

    public void write(Key key, Content content, Terms terms, Consumer<Outcome> listener) {
        run(
                key,
                observed(Observer.Kind.WRITE, Optional.of(key), terms, listener),
                (assignment, outcome) -> new WriteOperation(assignment, key, terms, content, versions, outcome));
    }

    /** Shows a page of a range of keys. */
    public void scan(PageQuery query, Terms terms, Consumer<Outcome> caller) {
        Consumer<Outcome> listener = observed(Observer.Kind.SCAN, Optional.empty(), terms, caller);
        // Every member holds every key; when placement cuts the keys into ranges, a page ends where its range does.
        Assignment assignment = assign(placement.members());
        if (scansInFlight >= SCANS_IN_FLIGHT_MAX) {
            listener.accept(new Outcome.Refused(Reason.OVERLOADED, emptyEvidence(assignment)));
            return;
        }
        scansInFlight++;
        Consumer<Outcome> whenDone = outcome -> {
            scansInFlight--;
            listener.accept(outcome);
        };
        run(assignment, whenDone, (same, outcome) -> new ScanOperation(same, query, terms, versions, outcome));
    }

    /**
     * Writes if the register fulfils a condition, atomically: compare-and-set.
     *
     * @param terms always linearizable
     */
    public void writeIf(Key key, Content content, Precondition precondition, Terms terms, Consumer<Outcome> listener) {
        if (terms.level() != Level.LINEARIZABLE) {
            throw new IllegalArgumentException("a conditional write at level " + terms.level());
        }
        run(
                key,
                observed(Observer.Kind.CONDITIONAL_WRITE, Optional.of(key), terms, listener),
                (assignment, outcome) -> new ConditionalWriteOperation(
                        assignment, key, terms, content, precondition, versions, turns, outcome));
    }

    /**
     * Writes once, however often it is asked to, here and elsewhere: every attempt has the effect, or the refusal, of the
     * first one that had any. Always linearizable.
     */
    public void writeOnce(
            Key key,
            Content content,
            Optional<Precondition> precondition,
            Repeatable repeatable,
            Terms terms,
            Consumer<Outcome> listener) {
        Observer.Kind kind = precondition.isPresent() ? Observer.Kind.CONDITIONAL_WRITE : Observer.Kind.WRITE;
        run(
                key,
                observed(kind, Optional.of(key), terms, listener),
                (assignment, outcome) -> new RepeatableWriteOperation(
                        assignment, key, terms, content, precondition, repeatable, versions, turns, outcome));
    }

    /** Tells what has become of a write with an idempotency key, without any effect. */
    public void recall(Key key, RequestId request, Terms terms, Consumer<Outcome> listener) {
        run(
                key,
                observed(Observer.Kind.SURVEY, Optional.of(key), terms, listener),
                (assignment, outcome) -> new RecallOperation(assignment, key, terms, request, outcome));
    }

    /** Shows each replica's own copy of a key. */
    public void survey(Key key, Terms terms, Consumer<Outcome> listener) {
        run(
                key,
                observed(Observer.Kind.SURVEY, Optional.of(key), terms, listener),
                (assignment, outcome) -> new SurveyOperation(assignment, key, terms, outcome));
    }

    /** Asks every member of the cluster how it is. */
    public void census(long timeoutMs, Consumer<List<Member>> listener) {
        List<Replica> members = placement.members().stream().map(replicas::get).toList();
        new Census(surroundings, members, timeoutMs, listener).start();
    }

    /** Every member as this process sees it now, without asking anybody. */
    public List<Member> members() {
        return placement.members().stream()
                .map(replicas::get)
                .map(replica -> Member.of(replica, Optional.empty()))
                .toList();
    }

    /** Whether enough members that vote are reachable now for an operation at the default level. */
    public boolean hasQuorum() {
        long reachable = replicas.values().stream()
                .filter(replica -> replica.suffrage() == Suffrage.VOTER
                        && replica.reachability().isReachable())
                .count();
        return reachable >= new QuorumSizes(replicas.size()).majority();
    }

    public NodeId id() {
        return id;
    }

    /** The judge of the lives of values. */
    public ClusterTime time() {
        return surroundings.time();
    }

    public RepairCounts repairs() {
        return surroundings.repairs();
    }

    /** By whose durations operations end. */
    public Clock clock() {
        return surroundings.clock();
    }

    /** How many operations wait for their outcome. */
    public int inFlight() {
        return inFlight;
    }

    /** How many replicas were asked since others were slow. */
    public long hedges() {
        return surroundings.hedges().spent();
    }

    /** How many were not, since that had been done too often. */
    public long hedgesDenied() {
        return surroundings.hedges().denied();
    }

    private Consumer<Outcome> observed(Observer.Kind kind, Optional<Key> key, Terms terms, Consumer<Outcome> listener) {
        return outcome -> {
            try {
                observer.ended(kind, key, terms, outcome);
            } finally {
                listener.accept(outcome);
            }
        };
    }

    private interface Creation {
        Operation create(Assignment assignment, Consumer<Outcome> listener);
    }

    private void run(Key key, Consumer<Outcome> listener, Creation creation) {
        run(assign(placement.replicasOf(key)), listener, creation);
    }

    private void run(Assignment assignment, Consumer<Outcome> listener, Creation creation) {
        if (inFlight >= IN_FLIGHT_MAX) {
            listener.accept(new Outcome.Refused(Reason.OVERLOADED, emptyEvidence(assignment)));
            return;
        }
        inFlight++;
        Operation operation = creation.create(assignment, outcome -> {
            inFlight--;
            listener.accept(outcome);
        });
        operation.start();
    }

    private Evidence emptyEvidence(Assignment assignment) {
        return new Evidence(
                id,
                assignment.replicas(),
                assignment.sizes().majority(),
                surroundings.clock().monotonicNs());
    }

    private Assignment assign(List<NodeId> ids) {
        List<Replica> holders = groups.computeIfAbsent(ids, this::group);
        return new Assignment(surroundings, id, holders, preference(holders), new QuorumSizes(holders.size()));
    }

    private List<Replica> group(List<NodeId> ids) {
        return ids.stream().map(replicas::get).toList();
    }

    /**
     * The local replica first, then the others in turn, and those without a vote or that seem slow after all others.
     * Each replica is looked at once: how it seems may change from one look to the next.
     */
    private int[] preference(List<Replica> holders) {
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

    private static int rank(Replica replica) {
        if (replica.suffrage() != Suffrage.VOTER) {
            return RANK_LAST;
        }
        if (replica.isLocal()) {
            return RANK_FIRST;
        }
        return replica.reachability() == Reachability.SLOW ? RANK_LAST : RANK_FIRST + 1;
    }
}
