package io.quorate.node.replica;

import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Noted;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;
import java.util.List;

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
    public void handle(Missed missed, PendingReply reply) {
        List<Write> batch = hints.note(missed.target(), missed.hints());
        if (batch.isEmpty()) {
            reply.accept(NOTED);
            return;
        }
        store.write(batch, new AnsweredWrite(reply, () -> {
            hints.applied(1 << missed.target());
            reply.accept(NOTED);
        }));
    }
}
