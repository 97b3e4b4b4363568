package io.quorate.node.replica.state;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.function.Consumer;

/**
 * A write that a request waits for.
 *
 * @param reply receives the reason why the write does not count
 * @param whenApplied replies otherwise, now or later
 */
public record AnsweredWrite(Consumer<Reply> reply, Runnable whenApplied) implements Completion {
    @Override
    public void applied() {
        whenApplied.run();
    }

    @Override
    public void refused(RefusedException why) {
        reply.accept(Rejection.of(why));
    }

    @Override
    public void unknown(UnknownOutcomeException why) {
        reply.accept(new Abstained(why.getMessage()));
    }
}
