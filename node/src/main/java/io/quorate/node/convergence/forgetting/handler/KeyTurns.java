package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.replica.request.PendingReply;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several keys, each of which takes its turn with other requests. Hears how each turn ended. Safe for several threads.
 */
final class KeyTurns implements PendingReply {
    /** A turn that ended as it should. */
    static final ForgettingDone DONE = new ForgettingDone(1);

    /** A turn that did nothing. */
    static final ForgettingDone IDLE = new ForgettingDone(0);

    private final AtomicInteger open;
    private final AtomicInteger done = new AtomicInteger();
    private volatile Runnable over = () -> {};

    /** @param keys how many turns begin, before {@link #whenOver} */
    KeyTurns(int keys) {
        open = new AtomicInteger(keys + 1); // one beside the keys, so that none of them is the last before all began
    }

    /** All turns have begun. When the last one is over, {@code then} runs once, on any thread. */
    void whenOver(Runnable then) {
        over = then;
        end();
    }

    @Override
    public void accept(Reply ended) {
        if (ended == DONE) {
            done.incrementAndGet();
        }
        end();
    }

    private void end() {
        if (open.decrementAndGet() == 0) {
            over.run();
        }
    }

    /** How many turns did what they were for. */
    int done() {
        return done.get();
    }
}
