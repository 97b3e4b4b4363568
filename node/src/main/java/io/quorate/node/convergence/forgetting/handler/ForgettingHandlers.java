package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Raised;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.request.RequestHandlers;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.replica.state.KeyStates;
import java.util.concurrent.Executor;

/** The handlers of forgetting of one replica. */
public final class ForgettingHandlers {
    private final Ages ages;
    private final Clock clock;
    private final ConfirmHandler confirms;
    private final ForgetHandler forgets;

    /** @param reader does one read of many keys at a time */
    public ForgettingHandlers(KeyStates states, Executor reader, ForgettingFigures figures, Clock clock) {
        this.ages = states.ages();
        this.clock = clock;
        KeyTransactions transactions = new KeyTransactions(states);
        this.confirms = new ConfirmHandler(states, reader, transactions);
        this.forgets = new ForgetHandler(ages, transactions, figures);
    }

    public void addTo(RequestHandlers handlers) {
        handlers.put(
                ForgettingQuery.class,
                (query, reply) -> reply.accept(new ForgettingNumbers(ages.age(), ages.fence(), clock.wallMs())));
        handlers.put(
                RaiseFence.class,
                (raise, reply) -> ages.apply(
                        ages.raiseFence(raise.fence(), raise.age()),
                        new AnsweredWrite(reply, () -> reply.accept(new Raised()))));
        handlers.put(RaiseFloor.class, new RaiseFloorHandler(ages));
        handlers.put(Confirm.class, confirms);
        handlers.put(Forget.class, forgets);
    }
}
