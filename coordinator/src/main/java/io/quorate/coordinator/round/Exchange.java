package io.quorate.coordinator.round;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.RegisterReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.Optional;

/**
 * One request to one replica, and its answer. The type of a reply says whether it is a yes or a no, and whether the
 * request may have had its effect. Owned by the operation's event loop.
 */
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
        Invariant.require(!isOver(), "a replica answers a request once");
        reply = newReply;
        answeredNs = nowNs;
    }

    void failed(Failure newFailure, long nowNs) {
        Invariant.require(!isOver(), "a replica answers a request once");
        failure = newFailure;
        answeredNs = nowNs;
    }

    /** Passes the answer on. There is one already. */
    void reportTo(ReplicaClient.Answers answers, int index) {
        if (reply != null) {
            answers.replied(index, reply);
        } else {
            answers.failed(index, failure);
        }
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
            return isYes() ? ReplicaAnswer.OK : ReplicaAnswer.REJECTED;
        }
        if (failure == null) {
            return ReplicaAnswer.PENDING;
        }
        return switch (failure) {
            case NOT_SENT -> ReplicaAnswer.UNREACHABLE;
            case LOST -> ReplicaAnswer.LOST;
        };
    }

    /** Whether the replica has answered or failed. */
    boolean isOver() {
        return reply != null || failure != null;
    }

    /** Whether the replica answered that it did, or showed, what it was asked for. */
    public boolean isYes() {
        return reply != null && reply.isYes();
    }

    /**
     * Whether the replica did, or may still do, what it was asked. It surely did not if it said so or was not reached.
     */
    boolean mayHaveHadEffect() {
        return failure != Failure.NOT_SENT && (reply == null || !reply.isWithoutEffect());
    }

    /** The version that the reply shows. */
    public Optional<Version> version() {
        return register().map(RegisterReply::version);
    }

    /** The accepted proposal that the reply shows. */
    Optional<Proposal> accepted() {
        return register().flatMap(RegisterReply::accepted);
    }

    private Optional<RegisterReply> register() {
        return reply().flatMap(Reply::register);
    }

    public long sentNs() {
        return sentNs;
    }

    /** When the reply or failure came, or 0 while there is neither. */
    public long answeredNs() {
        return answeredNs;
    }
}
