package io.quorate.node.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.replica.request.SingleReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SingleReplyTest {
    private final List<Throwable> defects = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final SingleReply reply = new SingleReply(replies::add, () -> false);

    @BeforeEach
    void collectDefects() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> defects.add(defect));
    }

    @AfterEach
    void reportDefectsAsBefore() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    void aDefectBeforeTheReplyIsTheReply() {
        reply.guard(SingleReplyTest::fail);
        assertInstanceOf(Abstained.class, replies.get(0));
        assertEquals(1, defects.size());
    }

    @Test
    void aDefectBehindTheReplyIsNoSecondOne() {
        reply.guard(() -> {
            reply.accept(new Stored());
            fail();
        });
        assertEquals(List.of(new Stored()), replies);
        assertEquals(1, defects.size());
    }

    @Test
    void aReceiverThatThrowsDoesNotFailTheReplica() {
        SingleReply broken = new SingleReply(any -> fail(), () -> false);
        broken.guard(() -> {
            broken.accept(new Stored());
            replies.add(new Stored());
        });
        assertEquals(1, replies.size());
        assertEquals(1, defects.size());
    }

    private static void fail() {
        throw new IllegalStateException("a planned defect");
    }
}
