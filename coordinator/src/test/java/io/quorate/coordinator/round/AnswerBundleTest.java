package io.quorate.coordinator.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.No;
import io.quorate.common.wire.Message.NoEffect;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerBundleTest {
    private static final Reply STORED = new Stored();
    private static final Reply ABSTAINED = new Abstained("no vote");
    private static final Reply REJECTED = new Rejected(Rejected.RejectionCause.OVERLOADED, "busy");

    private final List<Object> whole = new ArrayList<>();
    private final AnswerBundle bundle = new AnswerBundle(2, new Answers() {
        @Override
        public void replied(int replica, Reply reply) {
            whole.add(reply);
        }

        @Override
        public void failed(int replica, Failure failure) {
            whole.add(failure);
        }
    });

    private Reply wholeOf(Reply first, Reply second) {
        bundle.replied(0, first);
        assertEquals(List.of(), whole);
        bundle.replied(0, second);
        assertEquals(1, whole.size());
        return (Reply) whole.get(0);
    }

    @Test
    void twoYesAreAYes() {
        assertEquals(STORED, wholeOf(STORED, STORED));
    }

    @Test
    void anAbstentionBeforeAYesIsNoYes() {
        assertInstanceOf(No.class, wholeOf(ABSTAINED, STORED));
    }

    @Test
    void anAbstentionAfterAYesIsNoYes() {
        assertInstanceOf(No.class, wholeOf(STORED, ABSTAINED));
    }

    @Test
    void aRejectionBesideAYesMayHaveHadItsEffect() {
        Reply reply = wholeOf(REJECTED, STORED);
        assertInstanceOf(No.class, reply);
        assertFalse(reply instanceof NoEffect);
    }

    @Test
    void aRejectionBesideAnAbstentionMayHaveHadItsEffect() {
        assertInstanceOf(Abstained.class, wholeOf(ABSTAINED, REJECTED));
    }

    @Test
    void twoRejectionsAreWithoutEffect() {
        assertEquals(REJECTED, wholeOf(REJECTED, REJECTED));
    }

    @Test
    void aFailureIsALoss() {
        bundle.failed(0, Failure.NOT_SENT);
        bundle.replied(0, STORED);
        assertEquals(List.of(Failure.LOST), whole);
    }

    @Test
    void whatWasNotSentIsNotLost() {
        bundle.failed(0, Failure.NOT_SENT);
        bundle.failed(0, Failure.NOT_SENT);
        assertEquals(List.of(Failure.NOT_SENT), whole);
    }

    @Test
    void whatWasSentOnlyInPartIsLost() {
        bundle.failed(0, Failure.NOT_SENT);
        bundle.failed(0, Failure.LOST);
        assertEquals(List.of(Failure.LOST), whole);
    }
}
