package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Raised;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.replica.age.Ages.RaiseListener;
import io.quorate.node.replica.state.Rejection;
import java.util.function.Consumer;

/** Replies when numbers are raised. */
record RaiseReply(Consumer<Reply> reply) implements RaiseListener {
    @Override
    public void raised() {
        reply.accept(new Raised());
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
