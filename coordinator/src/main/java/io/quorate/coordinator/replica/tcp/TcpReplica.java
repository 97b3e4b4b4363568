package io.quorate.coordinator.replica.tcp;

import io.quorate.common.link.FramedSocket;
import io.quorate.common.link.Links;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.Traffic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica behind a TCP connection of this event loop. It dials for as long as it is open, greets, and then sends any
 * number of requests at once; a reply finds its request by correlation id.
 *
 * <p>States: <em>down</em> until a handshake succeeds; then <em>up</em>; <em>silent</em> when several pings in a row went
 * unanswered, with everything still unanswered given up as lost. Silence is counted in missed heartbeats and not in time,
 * so that a pause of this process itself is not taken for one of its peers. After a longer silence the connection is
 * dropped and dialled anew.
 */
public final class TcpReplica implements ReplicaClient {
    private static final Logger LOG = LoggerFactory.getLogger(TcpReplica.class);

    private static final long REDIAL_MS_MIN = 20;
    private static final long REDIAL_MS_MAX = 500;

    /** Owing an answer and quiet for so long, a replica is asked after the others. */
    private static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(30);

    /** After so many times the heartbeats that make a replica silent, its connection is given up. */
    private static final int SILENCES_UNTIL_REDIAL = 6;

    private final Vertx vertx;
    private final Context context;
    private final NetClient dialler;
    private final Clock clock;
    private final Caller caller;
    private final NodeId id;
    private final SocketAddress address;
    private final LinkOptions options;
    private final Traffic traffic;
    private final Links links;
    private final LatencyQuantile latency;
    private final Map<Long, PendingRequest> pending = new HashMap<>();

    private FramedSocket socket;
    private boolean greeted;
    private boolean wasGreetedBefore;
    private boolean closed;
    private long nextCorrelation = 1;
    private long lastHeardNs;
    private boolean heardSinceHeartbeat;
    private int heartbeatsMissed;
    private long returnedUntilNs = Long.MIN_VALUE;
    private boolean returned;
    private long redialMs = REDIAL_MS_MIN;
    private long incarnation;
    private long skewMs;
    private VotingStatus votingStatus = VotingStatus.VOTING;
    private String trouble = "not connected yet";

    private record PendingRequest(int index, Answers answers, long sentNs) {}

    /** Call on the event loop that will use it. */
    public TcpReplica(
            Vertx vertx,
            NetClient dialler,
            Clock clock,
            Caller caller,
            NodeId id,
            SocketAddress address,
            LinkOptions options,
            Traffic traffic,
            Links links) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.dialler = dialler;
        this.clock = clock;
        this.caller = caller;
        this.id = id;
        this.address = address;
        this.options = options;
        this.traffic = traffic;
        this.links = links;
        long hedgeNsMax = TimeUnit.MILLISECONDS.toNanos(options.hedgeDelayMsMax());
        this.latency = new LatencyQuantile(hedgeNsMax / 4, hedgeNsMax);
    }

    /** Begins to dial, and never stops until {@link #close}. */
    public void open() {
        dial();
        scheduleHeartbeat();
    }

    public void close() {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public VotingStatus votingStatus() {
        return votingStatus;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Reachability reachability() {
        if (!greeted) {
            return Reachability.DOWN;
        }
        if (isSilent()) {
            return Reachability.SILENT;
        }
        long now = clock.monotonicNs();
        if (!pending.isEmpty() && now - lastHeardNs > SLOW_NS) {
            return Reachability.SLOW;
        }
        if (returned && now - returnedUntilNs < 0) {
            return Reachability.RETURNED;
        }
        return Reachability.UP;
    }

    @Override
    public long usualDelayMs() {
        return 1 + TimeUnit.NANOSECONDS.toMillis(latency.ns());
    }

    @Override
    public Vitals vitals() {
        return new Vitals(incarnation, skewMs, greeted ? isSilent() ? "silent" : "" : trouble);
    }

    /** How far the replica's wall clock is ahead of ours, in milliseconds, as of its last pong. */
    public long skewMs() {
        return skewMs;
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        if (!greeted || socket.isCongested()) {
            context.runOnContext(next -> answers.failed(index, Failure.NOT_SENT));
            return;
        }
        long correlation = nextCorrelation++;
        long now = clock.monotonicNs();
        if (pending.isEmpty()) {
            // Quiet because nothing was asked is not slow: its silence starts to count now.
            lastHeardNs = now;
        }
        pending.put(correlation, new PendingRequest(index, answers, now));
        socket.send(correlation, request);
    }

    private void dial() {
        if (closed) {
            return;
        }
        dialler.connect(address).onComplete(connected -> {
            if (connected.failed()) {
                disconnected(String.valueOf(connected.cause().getMessage()));
            } else {
                greet(connected.result());
            }
        });
    }

    private void greet(NetSocket connected) {
        FramedSocket fresh =
                new FramedSocket(connected, context, this::welcomed, malformed -> trouble = malformed.getMessage());
        socket = fresh;
        trouble = "no answer to the handshake";
        heartbeatsMissed = 0;
        connected.closeHandler(ignored -> {
            if (socket == fresh) {
                disconnected(trouble);
            }
        });
        links.opened(id, connected);
        connected.exceptionHandler(failure -> trouble = String.valueOf(failure.getMessage()));
        fresh.send(0, new Hello(caller.cluster(), caller.id(), caller.incarnation(), id));
    }

    private void welcomed(Frame frame) {
        Message message = frame.message();
        if (message instanceof Welcome welcome && welcome.sender().equals(id) && welcome.incarnation() >= incarnation) {
            incarnation = welcome.incarnation();
            socket.limit(FrameFormat.replyBytesMax(options.valueBytesMax()));
            socket.handler(this::received);
            becomeReachable();
        } else {
            refuse(message);
        }
    }

    private void refuse(Message message) {
        String reason;
        if (message instanceof HandshakeRefusal refusal) {
            reason = "refused the handshake: " + refusal.cause() + ", " + refusal.detail();
        } else if (message instanceof Welcome welcome && welcome.sender().equals(id)) {
            reason = "came back with incarnation " + welcome.incarnation() + " after " + incarnation
                    + ": its data directory was set back to an older copy, so it may have forgotten writes";
        } else {
            reason = "answered the handshake with " + message;
        }
        if (!reason.equals(trouble)) {
            LOG.warn("{} at {} {}", id, address, reason);
        }
        trouble = reason;
        redialMs = REDIAL_MS_MAX;
        socket.close();
    }

    private void becomeReachable() {
        LOG.info("{} is up at {}, incarnation {}", id, address, incarnation);
        greeted = true;
        trouble = "connection closed";
        redialMs = REDIAL_MS_MIN;
        heartbeatsMissed = 0;
        lastHeardNs = clock.monotonicNs();
        if (wasGreetedBefore) {
            markReturned();
        }
        wasGreetedBefore = true;
        ping();
    }

    private void markReturned() {
        returned = true;
        returnedUntilNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(options.returnedMs());
    }

    private void disconnected(String reason) {
        if (greeted) {
            LOG.warn("{} is down: {}", id, reason);
        }
        trouble = reason;
        greeted = false;
        socket = null;
        giveUpPending();
        if (!closed) {
            vertx.setTimer(redialMs, fired -> dial());
            redialMs = Math.min(REDIAL_MS_MAX, redialMs * 2);
        }
    }

    private void giveUpPending() {
        List<PendingRequest> lost = new ArrayList<>(pending.values());
        pending.clear();
        traffic.lost((int) lost.stream().filter(TcpReplica::isNoPing).count());
        lost.forEach(request -> request.answers().failed(request.index(), Failure.LOST));
    }

    private static boolean isNoPing(PendingRequest request) {
        return request.answers() != Heard.INSTANCE;
    }

    private void received(Frame frame) {
        lastHeardNs = clock.monotonicNs();
        heardSinceHeartbeat = true;
        PendingRequest request = pending.remove(frame.correlation());
        if (request == null) {
            return; // an answer that came after its replica was taken for silent
        }
        long elapsedNs = lastHeardNs - request.sentNs();
        if (!(frame.message() instanceof ScanReply)) {
            // A page says nothing about how long a single key takes.
            latency.add(elapsedNs);
        }
        if (frame.message() instanceof Pong pong) {
            hear(pong.votingStatus());
            skewMs = pong.wallMs() + TimeUnit.NANOSECONDS.toMillis(elapsedNs / 2) - clock.wallMs();
        }
        if (frame.message() instanceof Reply reply) {
            traffic.answered(reply, elapsedNs);
            request.answers().replied(request.index(), reply);
        } else {
            LOG.warn("{} answered a request with {}", id, frame.message());
            request.answers().failed(request.index(), Failure.LOST);
        }
    }

    private void hear(VotingStatus told) {
        if (told != votingStatus) {
            LOG.warn("{} is now {}", id, told.label());
        }
        votingStatus = told;
    }

    private boolean isSilent() {
        return heartbeatsMissed * options.heartbeatMs() >= options.silentMs();
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
        if (socket == null) {
            return;
        }
        boolean wasSilent = isSilent();
        heartbeatsMissed = heardSinceHeartbeat ? 0 : heartbeatsMissed + 1;
        heardSinceHeartbeat = false;
        if (isSilent() && !wasSilent) {
            LOG.warn("{} is silent: no sign of life for {} heartbeats", id, heartbeatsMissed);
            giveUpPending();
        } else if (wasSilent && !isSilent() && greeted) {
            LOG.info("{} answers again", id);
            markReturned();
        }
        if (heartbeatsMissed * options.heartbeatMs() >= options.silentMs() * SILENCES_UNTIL_REDIAL) {
            trouble = "silent";
            socket.close();
        } else if (greeted) {
            ping();
        }
    }

    private void ping() {
        ask(new Ping(), 0, Heard.INSTANCE);
    }

    /** A pong has done its work when it was received. */
    private enum Heard implements Answers {
        INSTANCE;

        @Override
        public void replied(int index, Reply reply) {}

        @Override
        public void failed(int index, Failure failure) {}
    }
}
