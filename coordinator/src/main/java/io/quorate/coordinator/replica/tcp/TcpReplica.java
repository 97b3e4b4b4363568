package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.thread.Defects;
import io.quorate.common.thread.OwnerThread;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A replica behind a TCP connection of this event loop. It puts two parts together: the {@link ReplicaConnection}, and
 * the {@link Conversation} that draws the conclusions. Any number of requests can be pending at once.
 */
public final class TcpReplica implements ReplicaClient {
    private final Vertx vertx;
    private final Context context;
    private final ReplicaAddress address;
    private final LinkOptions options;
    private final Traffic traffic;

    private final OwnerThread eventLoop = new OwnerThread();
    // The event loop owns these.
    private final ReplicaConnection connection;
    private final Outbox outbox = new Outbox();
    private final ReplicaReports reports;
    private final Conversation conversation;
    private boolean closed;

    /**
     * Call on the event loop that will use the replica.
     *
     * @param delays compares this replica with the others of the same event loop
     */
    public TcpReplica(
            Dialler dialler,
            ReplicaAddress address,
            LinkOptions options,
            Clock clock,
            Traffic traffic,
            ReplicaDelays delays) {
        this.vertx = dialler.vertx();
        this.context = vertx.getOrCreateContext();
        this.address = address;
        this.options = options;
        this.traffic = traffic;
        this.connection = new ReplicaConnection(dialler, address, new ConnectionEvents(), clock);
        this.reports = new ReplicaReports(dialler.troubles(), address);
        this.conversation = new Conversation(options, clock, traffic, reports, delays);
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
        return conversation.votingStatus();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Reachability reachability() {
        assert eventLoop.isCurrent() : eventLoop;
        return conversation.reachability();
    }

    @Override
    public long usualDelayMs() {
        assert eventLoop.isCurrent() : eventLoop;
        return conversation.usualDelayMs();
    }

    @Override
    public boolean isOverdue() {
        assert eventLoop.isCurrent() : eventLoop;
        return conversation.isOverdue();
    }

    @Override
    public boolean needsProbe() {
        assert eventLoop.isCurrent() : eventLoop;
        return conversation.needsProbe();
    }

    @Override
    public Vitals vitals() {
        return new Vitals(
                connection.incarnation(),
                connection.disk(),
                connection.protocol(),
                conversation.peerClock(),
                trouble());
    }

    private String trouble() {
        return switch (reachability()) {
            case UP, RETURNED -> "";
            case SLOW -> conversation.complaint();
            case SILENT -> "silent";
            case DOWN -> connection.isUp() ? "no answer to the first ping" : connection.trouble();
        };
    }

    @Override
    public void ask(Request request, long patienceMs, int index, Answers answers) {
        assert eventLoop.isCurrent() : eventLoop;
        if (connection.isUp() && !hasRoomFor(request)) {
            Rejected congested = new Rejected(
                    RejectionCause.OVERLOADED, "too many bytes wait to be sent to it, so this request was not sent");
            context.runOnContext(next -> answers.replied(index, congested));
        } else {
            send(request, patienceMs, index, answers);
        }
    }

    @Override
    public void askReserved(long bytes, Request request, long patienceMs, int index, Answers answers) {
        assert eventLoop.isCurrent() : eventLoop;
        outbox.giveBack(bytes);
        send(request, patienceMs, index, answers);
    }

    private void send(Request request, long patienceMs, int index, Answers answers) {
        if (connection.isUp()) {
            long correlation = conversation.asked(request, index, answers);
            connection.send(new Frame(correlation, patienceMs, request));
        } else {
            context.runOnContext(next -> answers.failed(index, Failure.NOT_SENT));
        }
    }

    /** A ping is never held up: it is short, and shows that both processes live. */
    private boolean hasRoomFor(Request request) {
        long contentBytes = request.contentBytes();
        long queuedBytes = connection.queuedBytes();
        return request instanceof Ping
                || (contentBytes == 0 ? outbox.fitsSmall(queuedBytes) : outbox.fits(contentBytes, queuedBytes));
    }

    @Override
    public boolean reserve(long bytes) {
        assert eventLoop.isCurrent() : eventLoop;
        boolean reserved = outbox.reserve(bytes, connection.queuedBytes());
        if (!reserved) {
            Defects.contain(traffic::congested);
        }
        return reserved;
    }

    @Override
    public void giveBack(long bytes) {
        assert eventLoop.isCurrent() : eventLoop;
        outbox.giveBack(bytes);
    }

    private void ping() {
        ask(new Ping(), 0, IgnoredAnswers.INSTANCE);
    }

    private void scheduleHeartbeat() {
        vertx.setTimer(options.heartbeatMs(), fired -> {
            if (!closed) {
                Defects.contain(this::heartbeat);
                scheduleHeartbeat();
            }
        });
    }

    private void heartbeat() {
        conversation.heartbeat();
        if (conversation.isHopeless()) {
            connection.drop(new ConnectionTrouble(ConnectionTrouble.TroubleKind.SILENT, "silent"));
        } else if (connection.isUp()) {
            ping();
        }
    }

    private final class ConnectionEvents implements ReplicaConnection.Listener {
        @Override
        public void connected() {
            conversation.connected();
        }

        @Override
        public void welcomed() {
            reports.up(connection.incarnation(), connection.protocol().orElseThrow());
            conversation.welcomed();
            ping();
        }

        @Override
        public void received(Frame frame) {
            assert eventLoop.isCurrent() : eventLoop;
            conversation.received(frame.correlation(), frame.message());
        }

        @Override
        public void disconnected(ConnectionTrouble why) {
            if (!closed) {
                reports.down(why);
            }
            conversation.disconnected();
        }
    }
}
