package io.quorate.coordinator.round;

import io.quorate.common.model.Hint;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records on their way to replicas, and who acknowledged them. It does not hold the values, since it may outlive its
 * operation. A link of a ring, and owned by one event loop.
 */
final class Delivery implements Answers {
    private final Consumer<Delivery> whenOver;
    private final List<ReplicaClient> replicas;
    private final List<Hint> hints;
    private final long keyBytes;

    // Bits by the replicas' order.
    private int outstanding;
    private int acked;
    private int missed;

    long dueNs;
    Delivery previous = this;
    Delivery next = this;

    /**
     * @param outstanding the replicas that the records were sent to
     * @param whenOver receives this when each of them has answered or failed
     */
    Delivery(List<ReplicaClient> replicas, List<Hint> hints, int outstanding, Consumer<Delivery> whenOver) {
        this.whenOver = whenOver;
        this.replicas = replicas;
        this.hints = hints;
        this.keyBytes = keyBytes(hints);
        this.outstanding = outstanding;
    }

    private static long keyBytes(List<Hint> hints) {
        long bytes = 0;
        for (Hint hint : hints) {
            bytes += hint.key().length();
        }
        return bytes;
    }

    @Override
    public void replied(int replica, Reply reply) {
        if (reply.isYes()) {
            acked |= outstanding & 1 << replica;
        } else if (!isKept(replica, reply)) {
            missed |= outstanding & 1 << replica;
        }
        answered(replica);
    }

    /** A replica without a vote keeps the record, and abstains. */
    private boolean isKept(int replica, Reply reply) {
        return reply instanceof Abstained && replicas.get(replica).votingStatus() != VotingStatus.VOTING;
    }

    @Override
    public void failed(int replica, Failure failure) {
        missed |= outstanding & 1 << replica;
        answered(replica);
    }

    private void answered(int replica) {
        outstanding &= ~(1 << replica);
        if (isOver()) {
            whenOver.accept(this);
        }
    }

    /** The replicas that owe an answer are taken for such that missed the records. */
    void missOutstanding() {
        missed |= outstanding;
        outstanding = 0;
    }

    boolean isOver() {
        return outstanding == 0;
    }

    int missed() {
        return missed;
    }

    /** A replica that acknowledged the records, or -1 if none did. */
    int keeper() {
        return acked == 0 ? -1 : Integer.numberOfTrailingZeros(acked);
    }

    List<ReplicaClient> replicas() {
        return replicas;
    }

    List<Hint> hints() {
        return hints;
    }

    long keyBytes() {
        return keyBytes;
    }

    // ---- the ring ----

    boolean isLinked() {
        return next != this;
    }

    void linkBefore(Delivery other) {
        previous = other.previous;
        next = other;
        previous.next = this;
        other.previous = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
