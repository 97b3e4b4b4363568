package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.coordinator.replica.tcp.ConnectionTrouble.TroubleKind;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks that the process behind an address is the replica that was dialled. The incarnation of a replica grows with
 * each start, so one that falls belongs to an older copy of the data directory.
 */
final class PeerIdentity {
    private final NodeId id;
    private long incarnation;
    private Optional<DiskId> disk = Optional.empty();

    PeerIdentity(NodeId id) {
        this.id = id;
    }

    /** The highest incarnation that was accepted so far, 0 if none was. */
    long incarnation() {
        return incarnation;
    }

    /** The disk that was accepted last. Empty if none was. */
    Optional<DiskId> disk() {
        return disk;
    }

    /**
     * Passes on the welcome of the replica that was dialled, or returns why the answer is none.
     *
     * @param welcomed {@link #accept} has to follow
     */
    Optional<ConnectionTrouble> check(Message answer, Consumer<Welcome> welcomed) {
        if (answer instanceof HandshakeRefusal refusal) {
            return trouble(TroubleKind.REFUSED, "refused the handshake: " + refusal.cause() + ", " + refusal.detail());
        }
        if (!(answer instanceof Welcome welcome) || !welcome.sender().equals(id)) {
            return trouble(TroubleKind.NOT_THE_REPLICA, "answered the handshake with " + answer);
        }
        welcomed.accept(welcome);
        return Optional.empty();
    }

    /** Accepts a replica whose disk is the right one, or returns why it cannot be accepted. */
    Optional<ConnectionTrouble> accept(Welcome welcome) {
        if (welcome.incarnation() < incarnation) {
            return trouble(
                    TroubleKind.OLDER_COPY,
                    "came back with incarnation " + welcome.incarnation() + " after " + incarnation
                            + ": its data directory was set back to an older copy, so it may have forgotten writes");
        }
        incarnation = welcome.incarnation();
        disk = Optional.of(welcome.disk());
        return Optional.empty();
    }

    private static Optional<ConnectionTrouble> trouble(TroubleKind kind, String reason) {
        return Optional.of(new ConnectionTrouble(kind, reason));
    }
}
