package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * CONFIRM: shows what the replica holds of some deleted keys. It reads the register of a key before the acceptor, so
 * that no proposal is accepted and stored in between unseen. It reads its numbers last. So a reply under a later age is
 * later than this confirmation, and an entry that was forgotten meanwhile is in the floor of ballots.
 *
 * <p>If the driver names a ballot, the replica raises its floor of ballots to it first, and then waits until it was
 * alone with each key. So each vote below that floor is over before anything is read, and none comes later.
 */
final class ConfirmHandler implements RequestHandler<Confirm> {
    private final KeyStates states;
    private final Executor reader;
    private final KeyTransactions transactions;

    ConfirmHandler(KeyStates states, Executor reader, KeyTransactions transactions) {
        this.states = states;
        this.reader = reader;
        this.transactions = transactions;
    }

    @Override
    public void handle(Confirm confirm, PendingReply reply) {
        if (confirm.promised().equals(Ballot.ZERO)) {
            read(confirm, reply);
            return;
        }
        Ages ages = states.ages();
        ages.apply(
                ages.raiseBallotFloor(confirm.promised()),
                new AnsweredWrite(
                        reply,
                        () -> awaitTurns(confirm, new KeyTurns(confirm.keys().size()), reply)));
    }

    private void awaitTurns(Confirm confirm, KeyTurns turns, PendingReply reply) {
        for (Key key : confirm.keys()) {
            if (!transactions.awaitTurn(key, () -> turns.accept(KeyTurns.DONE))) {
                turns.accept(KeyTurns.IDLE);
            }
        }
        turns.whenOver(() -> {
            if (turns.done() < confirm.keys().size()) {
                reply.accept(new Rejected(Rejected.RejectionCause.OVERLOADED, "too many requests wait for a key"));
            } else {
                read(confirm, reply);
            }
        });
    }

    private void read(Confirm confirm, PendingReply reply) {
        try {
            reader.execute(() -> reply.accept(confirm(confirm)));
        } catch (RejectedExecutionException e) {
            reply.accept(Rejection.tooManyReads());
        }
    }

    private Reply confirm(Confirm confirm) {
        List<DeletionState> held = new ArrayList<>();
        Ballot promised = Ballot.ZERO;
        try {
            for (Key key : confirm.keys()) {
                KeyState state = states.readRegisterFirst(key);
                held.add(deletion(state, states.ages().floorOf(key)));
                promised = Ballot.max(promised, state.acceptor().promised());
            }
        } catch (RuntimeException e) {
            return states.rejection(e);
        }
        Ages ages = states.ages();
        return new Confirmed(held, Ballot.max(promised, ages.ballotFloor()), ages.age());
    }

    /**
     * A conditional delete from after the floor is too young. A replica without a floor leaves that to the others: it
     * confirms a key that it would not list, since a listed key has the floor of the member that listed it.
     */
    private static DeletionState deletion(KeyState state, long floor) {
        if (floor > 0 && !state.acceptor().isIdleSince(floor)) {
            return DeletionState.OTHER;
        }
        if (state.accepted().isPresent() || !state.held().isTombstone()) {
            return DeletionState.OTHER;
        }
        Kind absent = state.held().isForgotten() ? Kind.FORGOTTEN : Kind.ABSENT;
        return new DeletionState(
                state.isAbsent() ? absent : Kind.TOMBSTONE, state.held().version());
    }
}
