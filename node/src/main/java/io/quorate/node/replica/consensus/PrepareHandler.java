package io.quorate.node.replica.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AcceptorState;
import io.quorate.node.replica.state.KeyState;

/**
 * PREPARE: promises a ballot durably, and shows what the replica holds. The handler reads the register when the promise
 * is durable. So the reply shows every STORE that came before the PREPARE.
 */
public final class PrepareHandler implements RequestHandler<Prepare> {
    private final KeyTransactions transactions;
    private final HybridClock clock;

    PrepareHandler(KeyTransactions transactions, HybridClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void handle(Prepare prepare, PendingReply reply) {
        clock.follow(prepare.ballot().timestamp());
        transactions.begin(
                prepare.key(),
                prepare.request(),
                reply,
                (transaction, state) -> promise(transaction, prepare.ballot(), state));
    }

    private void promise(KeyTransaction transaction, Ballot ballot, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        Ballot least = acceptor.promisedOr(transaction.ballotFloor());
        if (!ballot.isAfter(least)) {
            transaction.end(new Preempted(least));
            return;
        }
        AcceptorState promised = acceptor.promise(ballot);
        transaction.write(promised, () -> show(transaction, promised));
    }

    private static void show(KeyTransaction transaction, AcceptorState promised) {
        transaction.readAgain(after -> {
            KeyState shown = after.with(promised);
            transaction.end(
                    new Promise(shown.register(), shown.accepted(), promised.voted(), shown.trace(), shown.horizon()));
        });
    }
}
