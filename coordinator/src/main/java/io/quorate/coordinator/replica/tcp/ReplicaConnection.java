package io.quorate.coordinator.replica.tcp;

import io.quorate.common.link.FramedSocket;
import io.quorate.common.link.PeerCertificate;
import io.quorate.common.model.DiskId;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.plausibility.Plausibility;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.coordinator.replica.tcp.ConnectionTrouble.TroubleKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One TCP connection to a replica at a time: dials, shakes hands, and dials again after every failure until
 * {@link #close}. Used on one event loop only.
 */
final class ReplicaConnection {
    private static final long REDIAL_MS_MIN = 20;
    private static final long REDIAL_MS_MAX = 500;

    private final Dialler dialler;
    private final Context context;
    private final ReplicaAddress address;
    private final Listener listener;
    private final Clock clock;

    // The event loop owns these.
    private final PeerIdentity identity;
    private FramedSocket socket;
    private boolean up;
    private boolean closed;
    private long redialMs = REDIAL_MS_MIN;
    /** The dials since the connection was last up. */
    private long dials;

    /** Why the connection is not up. It stays until a replica is accepted, or until the next attempt fails. */
    private ConnectionTrouble trouble = ConnectionTrouble.down("not connected yet");

    /** Why the open socket ends, if it closes now. */
    private ConnectionTrouble ending = trouble;

    /** Receives the events of the connection, on its event loop. */
    interface Listener {
        /** A socket is open, and the handshake is about to be sent. */
        void connected();

        /** The replica answered the handshake. Requests can be sent from now on. */
        void welcomed();

        void received(Frame frame);

        /**
         * The socket closed, or could not be opened, or the replica could not be accepted. The connection is about to
         * be dialled again, unless it was closed.
         */
        void disconnected(ConnectionTrouble why);
    }

    /** Call on the event loop that will use the connection. */
    ReplicaConnection(Dialler dialler, ReplicaAddress address, Listener listener, Clock clock) {
        this.clock = clock;
        this.dialler = dialler;
        this.context = dialler.vertx().getOrCreateContext();
        this.address = address;
        this.listener = listener;
        this.identity = new PeerIdentity(address.id());
    }

    void dial() {
        if (closed) {
            return;
        }
        int port = address.socket().port();
        Future.<Void>succeededFuture()
                .compose(any -> dialler.hosts().addressesOf(address.socket().host()))
                .compose(addresses -> dialler.client().connect(port, nextOf(addresses)))
                .onComplete(connected -> {
                    if (connected.failed()) {
                        disconnected(ConnectionTrouble.of(connected.cause()));
                    } else if (closed) {
                        connected.result().close();
                    } else {
                        greetOrClose(connected.result());
                    }
                });
    }

    /** A host may have several addresses, and the replica may listen on one of them. Each dial tries another one. */
    private String nextOf(List<String> addresses) {
        return addresses.get((int) (dials++ % addresses.size()));
    }

    void close() {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }

    /** Closes the socket, so that the replica is dialled again. There must be one. */
    void drop(ConnectionTrouble why) {
        ending = why;
        socket.close();
    }

    boolean isUp() {
        return up;
    }

    /** How many bytes wait to be sent, 0 without a connection. */
    long queuedBytes() {
        return up ? socket.queuedBytes() : 0;
    }

    void send(Frame frame) {
        socket.send(frame);
    }

    /** The number of the protocol in which the two processes talk, while the connection is up. */
    OptionalInt protocol() {
        return up ? OptionalInt.of(socket.protocol()) : OptionalInt.empty();
    }

    /** Why the connection is not up, for people. */
    String trouble() {
        return trouble.reason();
    }

    /** The replica's incarnation that answered last, 0 if none did. */
    long incarnation() {
        return identity.incarnation();
    }

    /** The replica's disk. Empty until the replica is accepted for the first time. */
    Optional<DiskId> disk() {
        return identity.disk();
    }

    /** A connection that cannot be greeted is closed, so that the replica is dialled again. */
    private void greetOrClose(NetSocket connected) {
        try {
            greet(connected);
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            connected.close();
        }
    }

    private void greet(NetSocket connected) {
        Optional<ConnectionTrouble> stranger = certificateTrouble(connected);
        if (stranger.isPresent()) {
            // It learns nothing, not even who calls.
            redialMs = REDIAL_MS_MAX;
            connected.close();
            disconnected(stranger.get());
            return;
        }
        FramedSocket fresh = new FramedSocket(
                connected,
                context,
                this::shakeHands,
                malformed -> ending = new ConnectionTrouble(TroubleKind.MALFORMED_FRAME, malformed.getMessage()),
                dialler.memory(),
                FramedSocket.ReadingSide.CALLER);
        socket = fresh;
        ending = ConnectionTrouble.noAnswer(connected.isSsl());
        fresh.closeHandler(() -> {
            if (socket == fresh) {
                disconnected(ending);
            }
        });
        listener.connected();
        dialler.links().opened(address.id(), connected);
        connected.exceptionHandler(failure -> ending = ConnectionTrouble.of(failure));
        Caller caller = dialler.caller();
        fresh.send(
                ProtocolRange.SPOKEN.newest(),
                new Hello(
                        caller.cluster(),
                        caller.id(),
                        caller.incarnation(),
                        caller.disk(),
                        address.id(),
                        caller.members()));
    }

    private Optional<ConnectionTrouble> certificateTrouble(NetSocket connected) {
        CertifiedName expected = new CertifiedName(dialler.caller().cluster(), CertifiedRole.NODE, address.id());
        return PeerCertificate.objection(connected, expected)
                .map(objection ->
                        new ConnectionTrouble(TroubleKind.NOT_THE_REPLICA, "is not the replica: " + objection));
    }

    private void shakeHands(Frame answer) {
        Optional<ImpossibleNumber> impossible = Plausibility.objection(answer.message(), clock.wallMs());
        if (impossible.isPresent()) {
            refuse(new ConnectionTrouble(
                    TroubleKind.IMPOSSIBLE_NUMBER,
                    "answered the handshake with " + impossible.get().text()));
            return;
        }
        identity.check(answer.message(), this::recogniseDisk).ifPresent(this::refuse);
    }

    /** To remember a new disk takes a force of this process's own disk. The replica is not asked anything before. */
    private void recogniseDisk(Welcome welcome) {
        FramedSocket fresh = socket;
        ConnectionTrouble before = ending;
        fresh.handler(early -> refuse(new ConnectionTrouble(TroubleKind.NOT_THE_REPLICA, "spoke before it was asked")));
        dialler.disks()
                .met(
                        address.id(),
                        welcome.disk(),
                        welcome.agreed(),
                        refusal -> context.runOnContext(back -> {
                            if (socket == fresh && ending == before) { // otherwise it ends already
                                judged(welcome, refusal);
                            }
                        }));
    }

    private void judged(Welcome welcome, Optional<String> refusal) {
        refusal.map(why -> new ConnectionTrouble(TroubleKind.OTHER_DISK, why))
                .or(() -> identity.accept(welcome))
                .ifPresentOrElse(this::refuse, () -> {
                    dialler.disks().accepted(address.id(), welcome.incarnation());
                    accept(welcome.protocol());
                });
    }

    private void refuse(ConnectionTrouble objection) {
        redialMs = REDIAL_MS_MAX;
        drop(objection);
    }

    private void accept(int protocol) {
        socket.protocol(protocol);
        socket.limit(FrameFormat.REPLY_BYTES_MAX);
        socket.handler(this::receiveFirst);
        up = true;
        ending = ConnectionTrouble.down("connection closed");
        // The next dial tries the address that was good first.
        dials--;
        listener.welcomed();
    }

    /** Only now the replica is good for something. One that breaks after each handshake is not dialled faster. */
    private void receiveFirst(Frame frame) {
        redialMs = REDIAL_MS_MIN;
        socket.handler(listener::received);
        listener.received(frame);
    }

    private void disconnected(ConnectionTrouble why) {
        trouble = why;
        up = false;
        socket = null;
        // The replica is dialled again whatever its listeners do.
        Defects.contain(() -> listener.disconnected(why));
        if (!closed) {
            dialler.vertx().setTimer(redialMs, fired -> dial());
            redialMs = Math.min(REDIAL_MS_MAX, redialMs * 2);
        }
    }
}
