package io.quorate.coordinator.replica.tcp;

import io.quorate.common.link.Trouble;
import io.quorate.common.link.TroubleLog;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.wire.Message;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of the log about one replica. Each event loop has its own connection to the replica and reports what it
 * sees. The shared {@link TroubleLog} makes one line of that. Used on one event loop only.
 */
final class ReplicaReports implements ConversationReports {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaReports.class);

    private final TroubleLog troubles;
    private final String id;
    private final String address;
    private boolean wasUp;

    /** Troubles besides those of {@link ConnectionTrouble.TroubleKind}. */
    private enum ReplicaFault {
        NO_VOTE,
        OTHER_REPLY,
        IMPOSSIBLE_NUMBER
    }

    ReplicaReports(TroubleLog troubles, ReplicaAddress replica) {
        this.troubles = troubles;
        this.id = replica.id().name();
        SocketAddress socket = replica.socket();
        this.address = socket.toString();
    }

    void up(long incarnation, int protocol) {
        String text = id + " is up at " + address + ", incarnation " + incarnation + ", protocol " + protocol;
        if (!connected(text) && !wasUp) {
            LOG.info("{}", text);
        }
        wasUp = true;
    }

    void down(ConnectionTrouble trouble) {
        happened(trouble.kind(), id + " at " + address + " " + trouble.consequence());
    }

    @Override
    public void silent(int heartbeats) {
        happened(
                ConnectionTrouble.TroubleKind.SILENT,
                id + " at " + address + " is silent: no sign of life for " + heartbeats + " heartbeats");
    }

    @Override
    public void answersAgain() {
        connected(id + " at " + address + " answers again");
    }

    @Override
    public void votingStatus(VotingStatus status) {
        String text = id + " is now " + status.label();
        if (status == VotingStatus.VOTING) {
            troubles.ended(trouble -> isMine(trouble) && trouble.kind() == ReplicaFault.NO_VOTE, text);
        } else {
            happened(ReplicaFault.NO_VOTE, text);
        }
    }

    @Override
    public void otherReply(Message answer) {
        happened(
                ReplicaFault.OTHER_REPLY,
                id + " at " + address + " answered a request with a "
                        + answer.getClass().getSimpleName());
    }

    @Override
    public void impossible(ImpossibleNumber number) {
        happened(
                ReplicaFault.IMPOSSIBLE_NUMBER,
                "a reply of " + id + " at " + address + " does not count: " + number.text());
    }

    private void happened(Enum<?> kind, String text) {
        troubles.happened(new Trouble(address, id, kind), text);
    }

    private boolean connected(String text) {
        return troubles.ended(
                trouble -> isMine(trouble) && trouble.kind() instanceof ConnectionTrouble.TroubleKind, text);
    }

    private boolean isMine(Trouble trouble) {
        return trouble.address().equals(address) && trouble.peer().equals(id);
    }
}
