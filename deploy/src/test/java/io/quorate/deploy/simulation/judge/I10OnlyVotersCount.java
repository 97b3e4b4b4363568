package io.quorate.deploy.simulation.judge;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.RangeReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Round;

/** I10: no quorum counts a replica without a vote, nor one that said no, nor fewer replicas than the level asks for. */
final class I10OnlyVotersCount extends Invariant {
    private final int nodes;
    private final int majority;

    I10OnlyVotersCount(Violations violations, int nodes, int majority) {
        super(10, violations);
        this.nodes = nodes;
        this.majority = majority;
    }

    /** A replica that was emptied answers. No quorum counts a pong, or a message of anti-entropy. */
    void answeredWhileFilling(int node, Reply reply) {
        if (!isNo(reply) && !(reply instanceof Pong) && !(reply instanceof RangeReply)) {
            violated("node " + node + " is being filled and answers " + reply);
        }
    }

    void succeeded(Outcome outcome, ConsistencyLevel level) {
        if (outcome.evidence().acked().size() < required(level)) {
            violated(outcome + " rests on " + outcome.evidence().acked());
        }
        for (Round round : outcome.evidence().rounds()) {
            for (int replica = 0; replica < outcome.evidence().replicas(); replica++) {
                Exchange exchange = round.exchange(replica);
                boolean saidNo = exchange != null
                        && exchange.reply().filter(I10OnlyVotersCount::isNo).isPresent();
                if (saidNo && round.hasAcked(replica)) {
                    violated(outcome + " counts " + exchange.reply().get() + " of "
                            + exchange.replica().id());
                }
            }
        }
    }

    private int required(ConsistencyLevel level) {
        return switch (level) {
            case LINEARIZABLE, QUORUM -> majority;
            case ONE -> 1;
            case ALL -> nodes;
        };
    }

    private static boolean isNo(Reply reply) {
        return reply instanceof Abstained || reply instanceof Rejected || reply instanceof Preempted;
    }
}
