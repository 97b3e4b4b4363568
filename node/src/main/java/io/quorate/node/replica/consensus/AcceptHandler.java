package io.quorate.node.replica.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AcceptorState;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.RequestEntries;
import java.util.List;

/**
 * ACCEPT: votes for a proposal, unless the replica has promised a later ballot. The vote for a request with an
 * idempotency key is written in the same batch as the record that it votes for. So a crash cannot separate them.
 */
public final class AcceptHandler implements RequestHandler<Accept> {
    static final Accepted ACCEPTED = new Accepted();

    private final KeyTransactions transactions;
    private final HybridClock clock;

    AcceptHandler(KeyTransactions transactions, HybridClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void handle(Accept accept, PendingReply reply) {
        clock.follow(accept.proposal().ballot().timestamp());
        Record record = accept.proposal().record();
        RequestId traced = record.receipt().isPresent() ? record.request() : RequestId.NONE;
        transactions.begin(
                accept.key(), traced, reply, (transaction, state) -> accept(transaction, accept.proposal(), state));
    }

    private void accept(KeyTransaction transaction, Proposal proposal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        Ballot floor = transaction.ballotFloor();
        if (!acceptor.votesUnder(proposal.ballot(), floor)) {
            transaction.end(new Preempted(acceptor.promisedOr(floor)));
            return;
        }
        Record record = proposal.record();
        boolean newer = state.isBelow(record);
        AcceptorState next = newer ? acceptor.accept(proposal) : acceptor.pass(proposal.ballot());
        List<Write> batch = transaction.batch(next);
        if (record.receipt().isPresent()) {
            Vote vote = new Vote(proposal.ballot(), RequestResult.of(record));
            batch.add(RequestEntries.voted(record.request(), state.trace(), vote));
        }
        transaction.write(batch, () -> transaction.end(ACCEPTED));
    }
}
