package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.KeyTransaction;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.replica.state.KeyState;
import java.util.ArrayList;
import java.util.List;

/**
 * FORGET: forgets the tombstones and the acceptors of some keys. The replica raises its numbers first, durably. Then
 * each key takes its turn. One batch forgets the register and the acceptor, if the register is still that one, no newer
 * proposal is accepted, and the acceptor promised no ballot above the floor of ballots that all replicas had when they
 * confirmed. So no vote is forgotten that rules out a proposal on its way to another replica.
 */
final class ForgetHandler implements RequestHandler<Forget> {
    private final Ages ages;
    private final KeyTransactions transactions;
    private final ForgettingFigures figures;

    ForgetHandler(Ages ages, KeyTransactions transactions, ForgettingFigures figures) {
        this.figures = figures;
        this.ages = ages;
        this.transactions = transactions;
    }

    @Override
    public void handle(Forget forget, PendingReply reply) {
        if (forget.keys().stream().anyMatch(key -> key.floor() > ages.fence())) {
            reply.accept(new Rejected(
                    Rejected.RejectionCause.REFUSED, "a floor above the fence of this replica, " + ages.fence()));
            return;
        }
        ages.apply(
                ages.raiseForRound(forget.round(), forget.promised(), forget.keys()),
                new AnsweredWrite(reply, () -> forgetAll(forget, reply)));
    }

    private void forgetAll(Forget forget, PendingReply reply) {
        KeyTurns turns = new KeyTurns(forget.keys().size());
        for (DeletedKey each : forget.keys()) {
            transactions.begin(each.key(), RequestId.NONE, turns, (turn, state) -> forget(turn, state, each, forget));
        }
        turns.whenOver(() -> reply.accept(new ForgettingDone(turns.done())));
    }

    private void forget(KeyTransaction turn, KeyState state, DeletedKey key, Forget forget) {
        List<Write> batch = new ArrayList<>();
        boolean hasPromisedSince = state.acceptor().promised().isAfter(forget.promised());
        if (isStill(key, state) && !hasPromisedSince) {
            if (!state.isAbsent()) {
                batch.add(new Write(Keyspace.DATA, key.key(), state.held().forgotten(forget.round())));
            }
            if (!state.acceptor().isEmpty()) {
                batch.add(new Write(
                        Keyspace.CONSENSUS,
                        key.key(),
                        state.acceptor().toRecord().forgotten(forget.round())));
            }
        }
        if (batch.isEmpty()) {
            turn.end(KeyTurns.IDLE);
            return;
        }
        turn.write(batch, () -> {
            figures.forgot();
            turn.end(KeyTurns.DONE);
        });
    }

    private static boolean isStill(DeletedKey key, KeyState state) {
        boolean isSame = key.version().equals(Version.ZERO)
                ? state.isAbsent()
                : state.held().isTombstone() && state.held().version().equals(key.version());
        return isSame && state.accepted().isEmpty();
    }
}
