package io.quorate.coordinator.round;

import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.Optional;

/** One request to one replica, and what came of it. Owned by the operation's event loop. */
public final class Exchange {
    private final ReplicaClient replica;
    private final long sentNs;
    private long answeredNs;
    private Reply reply;
    private Failure failure;

    Exchange(ReplicaClient replica, long sentNs) {
        this.replica = replica;
        this.sentNs = sentNs;
    }

    void replied(Reply newReply, long nowNs) {
        reply = newReply;
        answeredNs = nowNs;
    }

    void failed(Failure newFailure, long nowNs) {
        failure = newFailure;
        answeredNs = nowNs;
    }

    public ReplicaClient replica() {
        return replica;
    }

    public Optional<Reply> reply() {
        return Optional.ofNullable(reply);
    }

    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    public ReplicaAnswer answer() {
        if (reply != null) {
            return Round.isNo(reply) ? ReplicaAnswer.REJECTED : ReplicaAnswer.OK;
        }
        if (failure == null) {
            return ReplicaAnswer.PENDING;
        }
        return failure == Failure.NOT_SENT ? ReplicaAnswer.UNREACHABLE : ReplicaAnswer.LOST;
    }

    /** Whether the replica did or will do what it was asked, for all that is known: not if it said no or never heard. */
    boolean mayHaveHadEffect() {
        return failure != Failure.NOT_SENT && !(reply instanceof Rejected) && !(reply instanceof Preempted);
    }

    /** The version that the reply shows. */
    public Optional<Version> version() {
        if (reply instanceof RecordReply full) {
            return Optional.of(full.record().version());
        }
        return reply instanceof VersionReply brief ? Optional.of(brief.version()) : Optional.empty();
    }

    public long sentNs() {
        return sentNs;
    }

    /** When the reply or failure came; 0 while there is neither. */
    public long answeredNs() {
        return answeredNs;
    }
}
