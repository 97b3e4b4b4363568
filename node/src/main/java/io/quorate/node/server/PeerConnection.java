package io.quorate.node.server;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.link.FramedSocket;
import io.quorate.common.link.Links;
import io.quorate.common.link.Mailbox;
import io.quorate.common.link.PeerCertificate;
import io.quorate.common.link.SocketFailure;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Hello;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.ProtocolRange;
import io.quorate.node.replica.Replica;
import io.quorate.node.replica.state.Rejection;
import io.quorate.node.server.HandshakeFailures.FailedHandshake;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One accepted connection: first a handshake, then any number of requests. Owned by one event loop. */
final class PeerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);

    private final Replica replica;
    private final NetSocket accepted;
    private final Handshake handshake;
    private final Links links;
    private final CallerTroubles troubles;
    private final Mailbox mailbox;
    private final MemoryBudget memory;
    private final Thread loop;
    private final FramedSocket socket;
    private boolean welcomed;
    private Runnable whenWelcomed = () -> {};

    PeerConnection(
            NetSocket accepted,
            Context context,
            Mailbox mailbox,
            Replica replica,
            Handshake handshake,
            Links links,
            TroubleLog log,
            RefusedCallers refused,
            MemoryBudget memory) {
        this.memory = memory;
        this.accepted = accepted;
        this.replica = replica;
        this.handshake = handshake;
        this.links = links;
        this.troubles = new CallerTroubles(log, refused, accepted.remoteAddress());
        this.mailbox = mailbox;
        this.loop = Thread.currentThread();
        this.socket = new FramedSocket(
                accepted, context, this::greet, this::malformed, memory, FramedSocket.ReadingSide.LISTENER);
        accepted.exceptionHandler(
                failure -> LOG.debug("connection from {}: {}", accepted.remoteAddress(), SocketFailure.of(failure)));
    }

    /** Closes the connection if the peer has not introduced itself yet. It had {@code ms} to do that. */
    void requireHandshake(long ms) {
        if (isUnfinished()) {
            troubles.lateHandshake(ms);
            abandon(FailedHandshake.LATE);
        }
    }

    /** Closes the connection for a newer one, since too many have no handshake. */
    void makeRoom() {
        if (isUnfinished()) {
            troubles.crowded();
            abandon(FailedHandshake.CROWDED);
        }
    }

    private boolean isUnfinished() {
        return !welcomed && !socket.isClosing();
    }

    private void abandon(FailedHandshake why) {
        handshake.failures().count(why);
        socket.close();
    }

    private void malformed(MalformedException why) {
        troubles.malformed(why);
        if (!welcomed) {
            handshake.failures().count(FailedHandshake.MALFORMED);
        }
    }

    /** Runs an action when the handshake is finished. */
    void welcomeHandler(Runnable action) {
        whenWelcomed = action;
    }

    /** Runs an action when the connection has closed. */
    void closeHandler(Runnable action) {
        socket.closeHandler(action);
    }

    private void greet(Frame frame) {
        if (!(frame.message() instanceof Hello hello)) {
            troubles.noHandshake();
            abandon(FailedHandshake.MALFORMED);
            return;
        }
        Optional<String> objection = PeerCertificate.objection(accepted, handshake.certified(hello));
        if (objection.isPresent()) {
            // A stranger learns nothing, and nothing of this process changes.
            troubles.otherCertificate(hello.sender(), objection.get());
            abandon(FailedHandshake.REFUSED);
            return;
        }
        ProtocolRange protocols = hello.protocols(frame.correlation());
        Optional<HandshakeRefusal> refusal = handshake.check(hello, protocols);
        if (refusal.isPresent()) {
            troubles.refused(hello.sender(), refusal.get());
            socket.send(frame.correlation(), refusal.get());
            socket.close();
            return;
        }
        int protocol = ProtocolRange.SPOKEN.newestInCommon(protocols).orElseThrow();
        welcomed = true;
        whenWelcomed.run();
        troubles.accepted(hello.sender());
        links.opened(hello.sender(), accepted);
        socket.limit(FrameFormat.REQUEST_BYTES_MAX);
        socket.handler(this::serve);
        socket.protocol(protocol);
        socket.send(frame.correlation(), handshake.welcome(protocol));
    }

    private void serve(Frame frame) {
        if (!(frame.message() instanceof Request request)) {
            troubles.noRequest(frame.message());
            socket.close();
            return;
        }
        if (socket.isCongested()) {
            socket.pauseUntilDrained();
        }
        long correlation = frame.correlation();
        long contentBytes = request.contentBytes();
        if (contentBytes == 0) {
            replica.handle(request, frame.patienceMs(), reply -> deliver(correlation, reply));
        } else {
            // The value, and its copy in the log.
            memory.add(MemoryUse.INBOX, 2 * contentBytes);
            replica.handle(request, frame.patienceMs(), reply -> {
                memory.giveBack(MemoryUse.INBOX, 2 * contentBytes);
                deliver(correlation, reply);
            });
        }
    }

    /** On the event loop, or on a thread of the store. */
    private void deliver(long correlation, Reply reply) {
        long contentBytes = reply.contentBytes();
        boolean fits = contentBytes == 0 || memory.tryAdd(MemoryUse.VALUE, contentBytes);
        Reply sent = fits ? reply : Rejection.noMemory(memory, contentBytes);
        long charged = fits ? contentBytes : 0;
        if (Thread.currentThread() == loop) {
            send(correlation, sent, charged);
        } else {
            mailbox.post(() -> send(correlation, sent, charged));
        }
    }

    private void send(long correlation, Reply reply, long charged) {
        if (charged > 0) {
            memory.giveBack(MemoryUse.VALUE, charged);
        }
        if (reply instanceof Rejected rejected && rejected.cause() == RejectionCause.IMPOSSIBLE_NUMBER) {
            troubles.impossible(rejected);
        }
        socket.send(correlation, reply);
    }
}
