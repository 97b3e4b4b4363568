package io.quorate.coordinator.round;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;

/**
 * Several requests to one replica that count as one. The answer comes with the last reply. It is a yes only if each
 * reply is a yes. If one of several requests had its effect, the whole may have had it.
 */
final class AnswerBundle implements Answers {
    private final Answers whole;
    private int missing;
    private boolean failed;
    private boolean lost;
    private boolean hadEffect;
    private Reply reply;

    AnswerBundle(int requests, Answers whole) {
        this.missing = requests;
        this.whole = whole;
    }

    @Override
    public void replied(int replica, Reply next) {
        hadEffect |= !next.isWithoutEffect();
        if (reply == null || reply.isYes() || next instanceof Outdated) {
            reply = next;
        }
        countDown(replica);
    }

    @Override
    public void failed(int replica, Failure failure) {
        failed = true;
        lost |= failure == Failure.LOST;
        countDown(replica);
    }

    private void countDown(int replica) {
        missing--;
        if (missing > 0) {
            return;
        }
        if (failed) {
            whole.failed(replica, lost || hadEffect ? Failure.LOST : Failure.NOT_SENT);
        } else {
            whole.replied(replica, all());
        }
    }

    /** A rejection says that nothing had an effect. But an outdated record is what its sender has to know. */
    private Reply all() {
        return hadEffect && reply.isWithoutEffect() && !(reply instanceof Outdated)
                ? new Abstained("only some of several requests had their effect: " + reply)
                : reply;
    }
}
