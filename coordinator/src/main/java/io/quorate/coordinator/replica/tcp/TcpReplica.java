package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Subject;
import io.quorate.coordinator.replica.ClockReading;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.tcp.PendingRequests.PendingRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A replica behind a TCP connection of this event loop. It puts four parts together: the {@link ReplicaConnection}, the
 * {@link FailureDetector} that judges it, the {@link PendingRequests}, and the estimates that replies feed. Any number
 * of requests can be pending at once.
 */
public final class TcpReplica implements ReplicaClient {
    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final ReplicaAddress address;
    private final LinkOptions options;
    private final Traffic traffic;

    private final OwnerThread eventLoop = new OwnerThread();
    // The event loop owns these.
    private final ReplicaConnection connection;
    private final FailureDetector detector;
    private final PendingRequests pending = new PendingRequests();

    private final ReplicaReports reports;
    private final LatencyQuantile latency;
    /** Empty from each loss of the connection to the next report: the next process may have another clock. */
    private Optional<ClockReading> peerClock = Optional.empty();

    private VotingStatus votingStatus = VotingStatus.VOTING;
    private boolean closed;

    /** Call on the event loop that will use the replica. */
    public TcpReplica(Dialler dialler, ReplicaAddress address, LinkOptions options, Clock clock, Traffic traffic) {
        this.vertx = dialler.vertx();
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.address = address;
        this.options = options;
        this.traffic = traffic;
        this.connection = new ReplicaConnection(dialler, address, new ConnectionEvents());
        this.detector = new FailureDetector(options);
        this.reports = new ReplicaReports(dialler.troubles(), address);
        long hedgeNsMax = TimeUnit.MILLISECONDS.toNanos(options.hedgeDelayMsMax());
        this.latency = new LatencyQuantile(hedgeNsMax / 4, hedgeNsMax);
    }

    /** Starts to dial. The replica is dialled again after every failure, until {@link #close}. */
    public void open() {
        assert eventLoop.isCurrent() : eventLoop;
        connection.dial();
        scheduleHeartbeat();
    }

    public void close() {
        assert eventLoop.isCurrent() : eventLoop;
        closed = true;
        connection.close();
    }

    @Override
    public NodeId id() {
        return address.id();
    }

    @Override
    public VotingStatus votingStatus() {
        assert eventLoop.isCurrent() : eventLoop;
        return votingStatus;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    /** Down until its first pong too. Before that, neither its clock nor its vote is known. */
    @Override
    public Reachability reachability() {
        assert eventLoop.isCurrent() : eventLoop;
        return peerClock.isEmpty() ? Reachability.DOWN : detector.reachability(clock.monotonicNs());
    }

    @Override
    public long usualDelayMs() {
        assert eventLoop.isCurrent() : eventLoop;
        return 1 + TimeUnit.NANOSECONDS.toMillis(latency.ns());
    }

    @Override
    public Vitals vitals() {
        return new Vitals(connection.incarnation(), peerClock, trouble());
    }

    private String trouble() {
        return switch (reachability()) {
            case UP, RETURNED, SLOW -> "";
            case SILENT -> "silent";
            case DOWN -> connection.isUp() ? "no answer to the first ping" : connection.trouble();
        };
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        assert eventLoop.isCurrent() : eventLoop;
        if (!connection.takesRequests()) {
            context.runOnContext(next -> answers.failed(index, Failure.NOT_SENT));
            return;
        }
        long nowNs = clock.monotonicNs();
        detector.asked(nowNs);
        connection.send(pending.add(new PendingRequest(index, answers, nowNs, request.yes())), request);
    }

    private void ping() {
        ask(new Ping(), 0, IgnoredAnswers.INSTANCE);
    }

    private void scheduleHeartbeat() {
        vertx.setTimer(options.heartbeatMs(), fired -> {
            if (!closed) {
                heartbeat();
                scheduleHeartbeat();
            }
        });
    }

    private void heartbeat() {
        switch (detector.heartbeat(clock.monotonicNs())) {
            case FELL_SILENT -> {
                reports.silent(detector.heartbeatsMissed());
                losePending();
            }
            case ANSWERS_AGAIN -> reports.answersAgain();
            case NONE -> {}
        }
        if (detector.isHopeless()) {
            connection.drop(new ConnectionTrouble(ConnectionTrouble.TroubleKind.SILENT, "silent"));
        } else if (connection.isUp()) {
            ping();
        }
    }

    private void losePending() {
        List<PendingRequest> lost = pending.removeAll();
        traffic.lost((int) lost.stream().filter(request -> !request.isPing()).count());
        lost.forEach(request -> request.answers().failed(request.index(), Failure.LOST));
    }

    private void received(Frame frame) {
        assert eventLoop.isCurrent() : eventLoop;
        long nowNs = clock.monotonicNs();
        // Empty if the reply came after the replica had fallen silent.
        Optional<PendingRequest> answered = pending.remove(frame.correlation());
        detector.heard(nowNs, !pending.isEmpty());
        answered.ifPresent(request -> settle(request, frame.message(), nowNs));
    }

    private void settle(PendingRequest request, Message answer, long nowNs) {
        if (request.isAnsweredBy(answer)) {
            settle(request, (Reply) answer, nowNs);
        } else {
            reports.otherReply(answer);
            request.answers().failed(request.index(), Failure.LOST);
        }
    }

    private void settle(PendingRequest request, Reply reply, long nowNs) {
        long elapsedNs = nowNs - request.sentNs();
        if (reply.subject() != Subject.PAGE) {
            // The time that a page takes says nothing about the time that a single key takes.
            latency.add(elapsedNs);
        }
        if (reply instanceof Pong pong) {
            learn(pong, elapsedNs, nowNs);
        }
        traffic.answered(reply, elapsedNs);
        request.answers().replied(request.index(), reply);
    }

    private void learn(Pong pong, long elapsedNs, long nowNs) {
        learnVotingStatus(pong.votingStatus());
        peerClock = Optional.of(ClockReading.reported(pong.wallMs(), elapsedNs, nowNs));
    }

    private void learnVotingStatus(VotingStatus reported) {
        if (reported != votingStatus) {
            reports.votingStatus(reported);
        }
        votingStatus = reported;
    }

    private final class ConnectionEvents implements ReplicaConnection.Listener {
        @Override
        public void connected() {
            detector.connected();
        }

        @Override
        public void welcomed() {
            reports.up(connection.incarnation());
            detector.welcomed(clock.monotonicNs());
            ping();
        }

        @Override
        public void received(Frame frame) {
            TcpReplica.this.received(frame);
        }

        @Override
        public void disconnected(ConnectionTrouble why) {
            if (!closed) {
                reports.down(why);
            }
            detector.disconnected();
            peerClock = Optional.empty();
            losePending();
        }
    }
}
