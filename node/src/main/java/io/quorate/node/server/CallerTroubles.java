package io.quorate.node.server;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.link.SocketFailure;
import io.quorate.common.link.TlsFailure;
import io.quorate.common.link.Trouble;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Rejected;
import io.vertx.core.net.SocketAddress;

/** Reports what is wrong with the caller of one accepted connection. Used on its event loop only. */
final class CallerTroubles {
    private final TroubleLog log;
    private final RefusedCallers refused;
    private final String host;
    private final String remote;

    private String sender = "";

    private enum CallerFault {
        MALFORMED_FRAME,
        NO_HANDSHAKE,
        LATE_HANDSHAKE,
        CROWDED,
        IMPOSSIBLE_NUMBER,
        NO_REQUEST,
        TLS_FAILED,
        OTHER_CERTIFICATE
    }

    CallerTroubles(TroubleLog log, RefusedCallers refused, SocketAddress remote) {
        this.log = log;
        this.refused = refused;
        this.host = String.valueOf(remote.hostAddress());
        this.remote = String.valueOf(remote);
    }

    /** A connection failed before it was accepted. Its address is not known here. */
    static void beforeHandshake(TroubleLog log, RefusedCallers refused, Throwable failure) {
        String reason = TlsFailure.of(failure).orElseGet(() -> SocketFailure.of(failure));
        log.happened(
                new Trouble("unknown", "", CallerFault.TLS_FAILED), "closing a connection to the peer port: " + reason);
        refused.refused("unknown", reason);
    }

    /** Its certificate does not say what it says. */
    void otherCertificate(NodeId caller, String objection) {
        String reason = "it says that it is " + caller + ", but " + objection;
        closing(CallerFault.OTHER_CERTIFICATE, reason);
        refused.refused(remote, reason);
    }

    void malformed(MalformedException why) {
        closing(CallerFault.MALFORMED_FRAME, String.valueOf(why.getMessage()));
    }

    void noHandshake() {
        closing(CallerFault.NO_HANDSHAKE, "it did not start with a handshake");
    }

    void lateHandshake(long ms) {
        closing(CallerFault.LATE_HANDSHAKE, "no handshake within " + ms + " ms");
    }

    void crowded() {
        closing(CallerFault.CROWDED, "too many connections have no handshake yet, and this one is the oldest");
    }

    void impossible(Rejected rejected) {
        log.happened(
                new Trouble(host, sender, CallerFault.IMPOSSIBLE_NUMBER),
                "refusing a request of " + sender + " at " + remote + ": " + rejected.detail());
    }

    void noRequest(Message message) {
        closing(CallerFault.NO_REQUEST, "a " + message.getClass().getSimpleName() + " is no request");
    }

    void refused(NodeId caller, HandshakeRefusal refusal) {
        log.happened(
                new Trouble(host, caller.name(), refusal.cause()),
                "refusing " + caller + " at " + remote + ": " + refusal.detail());
    }

    /** From now on the caller is known. */
    void accepted(NodeId caller) {
        sender = caller.name();
        log.ended(
                trouble -> trouble.kind() instanceof RefusalCause
                        && trouble.address().equals(host)
                        && trouble.peer().equals(sender),
                caller + " at " + remote + " is accepted");
    }

    private void closing(CallerFault kind, String why) {
        log.happened(
                new Trouble(host, sender, kind),
                "closing the connection from " + (sender.isEmpty() ? "" : sender + " at ") + remote + ": " + why);
    }
}
