package io.quorate.node.replica.request;

import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Reply;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one reply to a request. Its receiver may throw: the thread that replies works for other requests too, and goes
 * on. Safe for use by several threads.
 */
public final class SingleReply implements PendingReply {
    private final Consumer<Reply> receiver;
    private final BooleanSupplier tooLate;
    private final AtomicBoolean replied = new AtomicBoolean();

    /** @param tooLate whether nobody waits for the reply any more */
    public SingleReply(Consumer<Reply> receiver, BooleanSupplier tooLate) {
        this.receiver = receiver;
        this.tooLate = tooLate;
    }

    @Override
    public boolean isTooLate() {
        return tooLate.getAsBoolean();
    }

    @Override
    public void accept(Reply reply) {
        if (replied.compareAndSet(false, true)) {
            Defects.contain(() -> receiver.accept(reply));
        } else {
            Defects.report(new IllegalStateException("a second reply to one request: " + reply));
        }
    }

    /**
     * Runs a part of the request. A defect in it is the reply, unless there is one already. The replica abstains, since
     * the request may have had its effect.
     */
    public void guard(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            if (replied.compareAndSet(false, true)) {
                Defects.contain(() -> receiver.accept(new Abstained("a defect of Quorate: " + e)));
            }
        }
    }
}
