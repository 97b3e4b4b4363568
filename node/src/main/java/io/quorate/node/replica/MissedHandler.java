package io.quorate.node.replica;

import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Noted;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.Rejection;
import java.util.List;
import java.util.function.Consumer;

/** MISSED: keeps hints for a member that did not acknowledge records, which this replica has acknowledged. */
public final class MissedHandler implements RequestHandler<Missed> {
    private static final Noted NOTED = new Noted();

    private final Store store;
    private final Hints hints;

    public MissedHandler(Store store, Hints hints) {
        this.store = store;
        this.hints = hints;
    }

    @Override
    public void handle(Missed missed, Consumer<Reply> reply) {
        List<Write> batch = hints.note(missed.target(), missed.hints());
        if (batch.isEmpty()) {
            reply.accept(NOTED);
            return;
        }
        store.write(batch, new Completion() {
            @Override
            public void applied() {
                hints.applied(1 << missed.target());
                reply.accept(NOTED);
            }

            @Override
            public void refused(RefusedException why) {
                reply.accept(Rejection.of(why));
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                reply.accept(new Abstained(why.getMessage()));
            }
        });
    }
}
