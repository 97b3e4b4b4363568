package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.coordinator.replica.tcp.ConnectionTrouble.TroubleKind;
import java.util.Optional;

/**
 * Checks that the process behind an address is the replica that was dialled. The incarnation of a replica grows with
 * each start, so one that falls belongs to an older copy of the data directory.
 */
final class PeerIdentity {
    private final NodeId id;
    private long incarnation;

    PeerIdentity(NodeId id) {
        this.id = id;
    }

    /** The highest incarnation that answered so far, 0 if none did. */
    long incarnation() {
        return incarnation;
    }

    /** Accepts the answer to a handshake, or returns why it cannot be accepted. */
    Optional<ConnectionTrouble> check(Message answer) {
        if (answer instanceof HandshakeRefusal refusal) {
            return trouble(TroubleKind.REFUSED, "refused the handshake: " + refusal.cause() + ", " + refusal.detail());
        }
        if (!(answer instanceof Welcome welcome) || !welcome.sender().equals(id)) {
            return trouble(TroubleKind.NOT_THE_REPLICA, "answered the handshake with " + answer);
        }
        if (welcome.incarnation() < incarnation) {
            return trouble(
                    TroubleKind.OLDER_COPY,
                    "came back with incarnation " + welcome.incarnation() + " after " + incarnation
                            + ": its data directory was set back to an older copy, so it may have forgotten writes");
        }
        incarnation = welcome.incarnation();
        return Optional.empty();
    }

    private static Optional<ConnectionTrouble> trouble(TroubleKind kind, String reason) {
        return Optional.of(new ConnectionTrouble(kind, reason));
    }
}
