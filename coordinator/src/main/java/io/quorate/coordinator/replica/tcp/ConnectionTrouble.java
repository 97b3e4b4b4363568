package io.quorate.coordinator.replica.tcp;

import io.quorate.common.link.SocketFailure;
import io.quorate.common.link.TlsFailure;

/**
 * Why a connection is not up, or has ended.
 *
 * @param reason for people. It may hold words of the peer
 */
record ConnectionTrouble(TroubleKind kind, String reason) {
    enum TroubleKind {
        /** The replica could not be reached, or the connection broke. */
        DOWN,
        SILENT,
        MALFORMED_FRAME,
        REFUSED,
        /** Another process listens at the address. */
        NOT_THE_REPLICA,
        /** The handshake of TLS failed, or one side speaks TLS and the other does not. */
        TLS_FAILED,
        OLDER_COPY,
        /** No honest replica answers the handshake so. */
        IMPOSSIBLE_NUMBER,
        /** The replica came back with another disk, or its disk cannot be remembered. */
        OTHER_DISK
    }

    static ConnectionTrouble down(String reason) {
        return new ConnectionTrouble(TroubleKind.DOWN, reason);
    }

    /** The socket could not be opened, or broke. */
    static ConnectionTrouble of(Throwable failure) {
        return TlsFailure.of(failure)
                .map(reason -> new ConnectionTrouble(TroubleKind.TLS_FAILED, "cannot be used: " + reason))
                .orElseGet(() -> down(SocketFailure.of(failure)));
    }

    /** A replica refuses a process that it takes for a stranger without a word. */
    static ConnectionTrouble noAnswer(boolean tls) {
        return down("no answer to the handshake. "
                + (tls
                        ? "Its log says if it refused the certificate of this process, or its protocol"
                        : "Perhaps it speaks TLS, and this process does not (option tlsCertificate), or it speaks only"
                                + " earlier protocols"));
    }

    /** What it means for the replica, after its name. */
    String consequence() {
        return switch (kind) {
            case DOWN, SILENT, MALFORMED_FRAME -> "is down: " + reason;
            case REFUSED, NOT_THE_REPLICA, TLS_FAILED, OLDER_COPY, IMPOSSIBLE_NUMBER, OTHER_DISK -> reason;
        };
    }
}
