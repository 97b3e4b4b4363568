package io.quorate.coordinator;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Noted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.ScanReplyBuilder;
import io.quorate.coordinator.replica.ClockReading;
import io.quorate.coordinator.replica.ReplicaClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A replica that keeps its registers in a map, behind a network with virtual delays, losses and partitions. */
final class MemoryReplica implements ReplicaClient {
    final Map<Key, Record> registers;
    private final Map<Key, Acceptor> acceptors;
    final Map<RequestId, RequestTrace> traces;
    private final NodeId id;
    private final VirtualTime time;
    private final RandomGenerator random;
    Reachability reachability = Reachability.UP;
    /** The status that the coordinator knows. */
    VotingStatus votingStatus = VotingStatus.VOTING;
    /** The status that the replica answers by. Empty if the coordinator knows it. */
    Optional<VotingStatus> actualVotingStatus = Optional.empty();

    boolean isLocal;
    /** Receives requests and answers none, as a paused process does. */
    boolean silent;
    /** Falls silent at the first QUERY. */
    boolean silentFromQuery;
    /** Falls silent at the first STORE. */
    boolean silentFromStore;
    /** Falls silent at the first PREPARE. */
    boolean silentFromPrepare;
    /** Falls silent at the first ACCEPT. */
    boolean silentFromAccept;
    /** Is slow every other time that its reachability is asked for. */
    boolean flickers;
    /** Is down as soon as it has answered a QUERY. */
    boolean downAfterQuery;
    /** Owes an answer for too long, as the coordinator measures it. */
    boolean overdue;
    /** How far its clock is ahead of the right time, as it always reported it. */
    long skewMs;
    /** Its disk is full, and it rejects queries for that reason too. */
    boolean full;
    /** Its disk is full when the STORE arrives, and was not at the query. */
    boolean fullFromStore;
    /** Is overloaded when the STORE arrives. */
    boolean overloaded;
    /** Rejects requests of these kinds, for these causes. */
    final Map<Class<? extends Request>, Rejected.RejectionCause> rejects = new HashMap<>();
    /** Has no memory for the content that it read. */
    boolean withoutMemory;
    /** Takes no record of a writer up to this instant. */
    long fence;
    /** How many of 100 messages are lost with their connection. */
    int lossPercent;
    /** Wants to be asked by a read although it is slow. */
    boolean needsProbe;
    /** The longest one-way delay. */
    long delayMsMax = 1;

    /** Refuses so many more proposals, as one that has promised a higher ballot since. */
    int preemptions;

    /** Asking it for this is a defect. */
    Optional<Class<? extends Request>> throwsOn = Optional.empty();

    /** Asking it to store something under this key is a defect. */
    Optional<Key> throwsOnKey = Optional.empty();

    /** Has so much to take already that it has no space for a record. */
    boolean congested;
    /** How much space it has for records. */
    long spaceBytes = Long.MAX_VALUE;
    /** The space that was taken and not given back. */
    long reservedBytes;
    /** The space of each request that came within one, in their order. */
    final List<Long> spaces = new ArrayList<>();
    /** The requests that came in, in their order. */
    final List<Request> requests = new ArrayList<>();
    /** How long the coordinator waits for each of them. */
    final List<Long> patiencesMs = new ArrayList<>();

    int asked;

    MemoryReplica(NodeId id, VirtualTime time, RandomGenerator random) {
        this(id, time, random, new MemoryStore());
    }

    /** One coordinator's link to a replica that other coordinators reach too. */
    MemoryReplica(NodeId id, VirtualTime time, RandomGenerator random, MemoryStore store) {
        this.registers = store.registers();
        this.acceptors = store.acceptors();
        this.traces = store.traces();
        this.id = id;
        this.time = time;
        this.random = random;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public Reachability reachability() {
        if (flickers) {
            reachability = reachability == Reachability.UP ? Reachability.SLOW : Reachability.UP;
        }
        return reachability;
    }

    @Override
    public VotingStatus votingStatus() {
        return votingStatus;
    }

    @Override
    public boolean isLocal() {
        return isLocal;
    }

    @Override
    public long usualDelayMs() {
        return 5;
    }

    @Override
    public boolean reserve(long bytes) {
        boolean fits = fits(bytes);
        reservedBytes += fits ? bytes : 0;
        return fits;
    }

    private boolean fits(long bytes) {
        return !congested && bytes <= spaceBytes - reservedBytes;
    }

    @Override
    public void giveBack(long bytes) {
        reservedBytes -= bytes;
    }

    @Override
    public boolean isOverdue() {
        return overdue;
    }

    @Override
    public boolean needsProbe() {
        return needsProbe;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(1, Optional.of(new ClockReading(time.wallMs() + skewMs, time.monotonicNs())), "");
    }

    /** A record without space is not sent while much waits. */
    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        if (request.contentBytes() > 0 && !fits(request.contentBytes())) {
            Rejected rejected = new Rejected(Rejected.RejectionCause.OVERLOADED, "too much waits");
            time.afterNs(0, () -> answers.replied(index, rejected));
        } else {
            send(request, patienceMs, index, answers);
        }
    }

    @Override
    public void askReserved(long bytes, Request request, long patienceMs, int index, Answers answers) {
        giveBack(bytes);
        spaces.add(bytes);
        send(request, patienceMs, index, answers);
    }

    private void send(Request request, long patienceMs, int index, Answers answers) {
        asked++;
        requests.add(request);
        patiencesMs.add(patienceMs);
        if (throwsOn.isPresent() && throwsOn.get().isInstance(request)) {
            throw new IllegalStateException("a planned defect");
        }
        if (request instanceof StoreRequest store && throwsOnKey.equals(Optional.of(store.key()))) {
            throw new IllegalStateException("a planned defect");
        }
        if (!reachability.isReachable()) {
            time.afterNs(0, () -> answers.failed(index, Failure.NOT_SENT));
            return;
        }
        boolean requestLost = random.nextInt(100) < lossPercent;
        boolean replyLost = random.nextInt(100) < lossPercent;
        time.afterNs(delayNs(), () -> {
            silent |= silentFromQuery && request instanceof Query;
            silent |= silentFromStore && request instanceof StoreRequest;
            silent |= silentFromPrepare && request instanceof Prepare;
            silent |= silentFromAccept && request instanceof Accept;
            if (silent) {
                return;
            }
            if (requestLost) {
                answers.failed(index, Failure.LOST);
                return;
            }
            Reply reply = serve(request);
            time.afterNs(delayNs(), () -> {
                if (replyLost) {
                    answers.failed(index, Failure.LOST);
                } else {
                    answers.replied(index, reply);
                }
            });
        });
    }

    private long delayNs() {
        return random.nextLong(delayMsMax * 1_000_000) + 1;
    }

    private Reply serve(Request request) {
        VotingStatus own = actualVotingStatus.orElse(votingStatus);
        if (own == VotingStatus.DAMAGED || own == VotingStatus.FILLING && !(request instanceof StoreRequest)) {
            return new Rejected(
                    own == VotingStatus.DAMAGED ? Rejected.RejectionCause.UNREADABLE : Rejected.RejectionCause.FILLING,
                    "no vote");
        }
        if (rejects.containsKey(request.getClass())) {
            return new Rejected(rejects.get(request.getClass()), "as the test wants it");
        }
        if (request instanceof Query query) {
            if (full && query.purpose() != Query.Purpose.READ) {
                return new Rejected(Rejected.RejectionCause.DISK_FULL, "no room");
            }
            Record record = held(query.key());
            if (withoutMemory && query.withContent()) {
                return new Rejected(Rejected.RejectionCause.NO_MEMORY, "no room");
            }
            reachability = downAfterQuery ? Reachability.DOWN : reachability;
            return query.withContent()
                    ? new RecordReply(record, accepted(query.key()))
                    : VersionReply.of(record, accepted(query.key()));
        }
        if (request instanceof Scan scan) {
            return scan(scan);
        }
        if (request instanceof RequestStatusQuery statusQuery) {
            return new RequestStatusReply(trace(statusQuery.request()));
        }
        if (full || fullFromStore) {
            return new Rejected(Rejected.RejectionCause.DISK_FULL, "no room");
        }
        if (overloaded) {
            return new Rejected(Rejected.RejectionCause.OVERLOADED, "too much waits");
        }
        if (fence > 0
                && request instanceof StoreRequest store
                && store.record().version().timestamp() <= fence) {
            return new Fenced(fence);
        }
        if (request instanceof Prepare prepare) {
            return prepare(prepare);
        }
        if (request instanceof Accept accept) {
            return accept(accept);
        }
        if (request instanceof AcceptRefusal refusal) {
            return acceptRefusal(refusal);
        }
        if (request instanceof Missed) {
            return new Noted();
        }
        StoreRequest store = (StoreRequest) request;
        store(store.key(), store.record());
        return own == VotingStatus.VOTING ? new Stored() : new Abstained("no vote");
    }

    private Reply prepare(Prepare prepare) {
        Acceptor acceptor = acceptor(prepare.key());
        if (!prepare.ballot().isAfter(acceptor.promised)) {
            return new Preempted(acceptor.promised);
        }
        acceptor.promised = prepare.ballot();
        return new Promise(held(prepare.key()), accepted(prepare.key()), acceptor.voted, trace(prepare.request()));
    }

    private Reply accept(Accept accept) {
        if (preemptions > 0) {
            preemptions--;
            return new Preempted(accept.proposal().ballot());
        }
        Proposal proposal = accept.proposal();
        Record record = proposal.record();
        boolean newer = record.isNewerThan(held(accept.key()));
        boolean voted = vote(accept.key(), proposal.ballot(), newer ? Optional.of(proposal) : Optional.empty());
        if (voted && record.receipt().isPresent()) {
            remember(record.request(), new Vote(proposal.ballot(), RequestResult.of(record)));
        }
        return voted ? new Accepted() : new Preempted(acceptor(accept.key()).promised);
    }

    private Reply acceptRefusal(AcceptRefusal refusal) {
        boolean voted = vote(refusal.key(), refusal.ballot(), Optional.empty());
        if (voted) {
            remember(refusal.request(), new Vote(refusal.ballot(), refusal.refusal()));
            store(refusal.key(), refusal.refuting());
        }
        return voted ? new Accepted() : new Preempted(acceptor(refusal.key()).promised);
    }

    private boolean vote(Key key, Ballot ballot, Optional<Proposal> accepted) {
        Acceptor acceptor = acceptor(key);
        if (acceptor.promised.isAfter(ballot)) {
            return false;
        }
        acceptor.promised = ballot;
        acceptor.voted = ballot;
        acceptor.accepted = accepted;
        return true;
    }

    private void remember(RequestId request, Vote vote) {
        traces.put(request, trace(request).with(vote));
    }

    private RequestTrace trace(RequestId request) {
        return traces.getOrDefault(request, RequestTrace.NONE);
    }

    private void store(Key key, Record record) {
        registers.merge(key, record, Record::newest);
        if (record.receipt().isPresent()) {
            traces.put(record.request(), trace(record.request()).stored(RequestResult.of(record)));
        }
    }

    private Acceptor acceptor(Key key) {
        return acceptors.computeIfAbsent(key, any -> new Acceptor());
    }

    private Optional<Proposal> accepted(Key key) {
        return acceptor(key).accepted.filter(proposal -> proposal.record().isNewerThan(held(key)));
    }

    /** The state that a real replica has on its disk. */
    record MemoryStore(Map<Key, Record> registers, Map<Key, Acceptor> acceptors, Map<RequestId, RequestTrace> traces) {
        MemoryStore(Map<Key, Record> registers) {
            this(registers, new HashMap<>(), new HashMap<>());
        }

        MemoryStore() {
            this(new HashMap<>());
        }
    }

    /** The acceptor's state of one key. */
    static final class Acceptor {
        private Ballot promised = Ballot.ZERO;
        private Ballot voted = Ballot.ZERO;
        private Optional<Proposal> accepted = Optional.empty();
    }

    private Reply scan(Scan scan) {
        TreeMap<Key, Record> sorted = new TreeMap<>(registers);
        acceptors.keySet().forEach(key -> sorted.putIfAbsent(key, Record.NEVER_WRITTEN));
        ScanReplyBuilder reply = new ScanReplyBuilder(scan);
        for (Key key : scan.direction() == Direction.ASCENDING ? sorted.navigableKeySet() : sorted.descendingKeySet()) {
            if (scan.range().contains(key)
                    && !reply.add(key, sorted.get(key), accepted(key).isPresent())) {
                return reply.build(false);
            }
        }
        return reply.build(true);
    }

    Record held(Key key) {
        return registers.getOrDefault(key, Record.NEVER_WRITTEN);
    }
}
