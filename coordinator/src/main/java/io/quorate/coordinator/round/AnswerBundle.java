package io.quorate.coordinator.round;

import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;

/**
 * Several requests to one replica that count as one. Its answer is given when the last of their answers has come, and
 * it is a yes if all of them are. If one is a no, others may still have had their effect.
 */
final class AnswerBundle implements Answers {
    private final Answers whole;
    private int missing;
    private boolean failed;
    private Reply reply;

    AnswerBundle(int requests, Answers whole) {
        this.missing = requests;
        this.whole = whole;
    }

    @Override
    public void replied(int replica, Reply next) {
        if (!(reply instanceof Rejected)) {
            reply = next;
        }
        countDown(replica);
    }

    @Override
    public void failed(int replica, Failure failure) {
        failed = true;
        countDown(replica);
    }

    private void countDown(int replica) {
        missing--;
        if (missing > 0) {
            return;
        }
        if (failed) {
            whole.failed(replica, Failure.LOST);
        } else {
            whole.replied(replica, reply);
        }
    }
}
