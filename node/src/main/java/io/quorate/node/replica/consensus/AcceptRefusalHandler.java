package io.quorate.node.replica.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.request.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AcceptorState;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.RequestEntries;
import java.util.List;

/**
 * ACCEPT of a refusal: votes that a request is refused, unless the replica has promised a later ballot. The record that
 * refutes the condition is stored in the same batch. So a coordinator that finds the vote later also finds that record.
 */
public final class AcceptRefusalHandler implements RequestHandler<AcceptRefusal> {
    private final KeyTransactions transactions;
    private final HybridClock clock;

    AcceptRefusalHandler(KeyTransactions transactions, HybridClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void handle(AcceptRefusal refusal, PendingReply reply) {
        clock.follow(refusal.ballot().timestamp());
        clock.follow(refusal.refuting().version().timestamp());
        transactions.begin(
                refusal.key(), refusal.request(), reply, (transaction, state) -> accept(transaction, refusal, state));
    }

    private void accept(KeyTransaction transaction, AcceptRefusal refusal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        Ballot floor = transaction.ballotFloor();
        if (!acceptor.votesUnder(refusal.ballot(), floor)) {
            transaction.end(new Preempted(acceptor.promisedOr(floor)));
            return;
        }
        List<Write> batch = transaction.batch(acceptor.pass(refusal.ballot()));
        Vote vote = new Vote(refusal.ballot(), refusal.refusal());
        batch.add(RequestEntries.voted(refusal.request(), state.trace(), vote));
        if (state.isBelow(refusal.refuting())) {
            batch.addAll(RequestEntries.store(refusal.key(), refusal.refuting()));
        }
        transaction.write(batch, () -> transaction.end(AcceptHandler.ACCEPTED));
    }
}
