package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.KeyTransaction;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.replica.state.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * FORGET: forgets the tombstones and the acceptors of some keys. The replica raises its numbers first, durably. Then
 * each key takes its turn: if the register is still that one, and no newer proposal is accepted, one batch forgets the
 * register and the acceptor, and raises the floor of ballots to what the acceptor had promised.
 */
final class ForgetHandler implements RequestHandler<Forget> {
    private static final ForgettingDone FORGOTTEN = new ForgettingDone(1);
    private static final ForgettingDone KEPT = new ForgettingDone(0);

    private final Ages ages;
    private final KeyTransactions transactions;
    private final ForgettingFigures figures;

    ForgetHandler(Ages ages, KeyTransactions transactions, ForgettingFigures figures) {
        this.figures = figures;
        this.ages = ages;
        this.transactions = transactions;
    }

    @Override
    public void handle(Forget forget, Consumer<Reply> reply) {
        if (forget.keys().stream().anyMatch(key -> key.floor() > ages.fence())) {
            reply.accept(new Rejected(
                    Rejected.RejectionCause.REFUSED, "a floor above the fence of this replica, " + ages.fence()));
            return;
        }
        ages.apply(
                ages.raiseForRound(forget.round(), forget.promised(), forget.keys()),
                new AnsweredWrite(reply, () -> forgetAll(forget, reply)));
    }

    private void forgetAll(Forget forget, Consumer<Reply> reply) {
        AtomicInteger open = new AtomicInteger(1 + forget.keys().size());
        AtomicInteger forgotten = new AtomicInteger();
        Consumer<Reply> ended = each -> {
            if (each == FORGOTTEN) {
                forgotten.incrementAndGet();
            }
            if (open.decrementAndGet() == 0) {
                reply.accept(new ForgettingDone(forgotten.get()));
            }
        };
        for (DeletedKey each : forget.keys()) {
            transactions.begin(
                    each.key(), RequestId.NONE, ended, (turn, state) -> forget(turn, state, each, forget.round()));
        }
        ended.accept(KEPT); // the one beside the keys, so that none of them is the last before all began
    }

    private void forget(KeyTransaction turn, KeyState state, DeletedKey key, long round) {
        if (!isStill(key, state)) {
            turn.end(KEPT);
            return;
        }
        Ages.Raise raise = ages.raiseBallotFloor(state.acceptor().promised());
        List<Write> batch = new ArrayList<>(raise.writes());
        if (!state.isAbsent()) {
            batch.add(new Write(Keyspace.DATA, key.key(), state.held().forgotten(round)));
        }
        if (!state.acceptor().isEmpty()) {
            batch.add(new Write(
                    Keyspace.CONSENSUS, key.key(), state.acceptor().toRecord().forgotten(round)));
        }
        if (batch.isEmpty()) {
            turn.end(KEPT);
            return;
        }
        turn.write(batch, () -> {
            raise.applied();
            figures.forgot();
            turn.end(FORGOTTEN);
        });
    }

    private static boolean isStill(DeletedKey key, KeyState state) {
        boolean isSame = key.version().equals(Version.ZERO)
                ? state.isAbsent()
                : state.held().isTombstone() && state.held().version().equals(key.version());
        return isSame && state.accepted().isEmpty();
    }
}
