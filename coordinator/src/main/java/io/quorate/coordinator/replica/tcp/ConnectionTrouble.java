package io.quorate.coordinator.replica.tcp;

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
        OLDER_COPY,
        /** No honest replica answers the handshake so. */
        IMPOSSIBLE_NUMBER,
        /** The replica came back with another disk, or its disk cannot be remembered. */
        OTHER_DISK
    }

    static ConnectionTrouble down(String reason) {
        return new ConnectionTrouble(TroubleKind.DOWN, reason);
    }

    /** What it means for the replica, after its name. */
    String consequence() {
        return switch (kind) {
            case DOWN, SILENT, MALFORMED_FRAME -> "is down: " + reason;
            case REFUSED, NOT_THE_REPLICA, OLDER_COPY, IMPOSSIBLE_NUMBER, OTHER_DISK -> reason;
        };
    }
}
