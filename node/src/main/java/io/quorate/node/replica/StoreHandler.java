package io.quorate.node.replica;

import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.age.StoreGate;
import io.quorate.node.replica.consensus.KeyTransaction;
import io.quorate.node.replica.consensus.KeyTransactions;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;
import io.quorate.node.replica.state.RequestEntries;
import io.quorate.node.voting.VotingRight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STORE: acknowledges when the register durably has the record's version or a newer one. A hint for each member that
 * missed the record is in the same batch (I14).
 *
 * <p>A writer's record at or below the fence counts only if the register stems from it (R1). A repair of an absent key
 * counts only if its evidence is no older than this replica, or if it is above the floor (R2). So no record comes back
 * that was deleted and forgotten (I12).
 */
public final class StoreHandler implements RequestHandler<StoreRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHandler.class);
    private static final Stored STORED = new Stored();

    private final Store registers;
    private final Ages ages;
    private final StoreGate gate;
    private final KeyTransactions transactions;
    private final VotingRight right;
    private final HybridClock clock;
    private final Executor readers;
    private final Hints hints;

    /** @param readers look on disk whether the store holds the record already, when it has no space for it */
    public StoreHandler(KeyStates states, VotingRight right, HybridClock clock, Executor readers, Hints hints) {
        this.hints = hints;
        this.registers = states.store();
        this.ages = states.ages();
        this.gate = new StoreGate(ages);
        this.transactions = new KeyTransactions(states);
        this.right = right;
        this.clock = clock;
        this.readers = readers;
    }

    @Override
    public void handle(StoreRequest store, PendingReply reply) {
        clock.follow(store.record().version().timestamp());
        if (right.votingStatus() == VotingStatus.FILLING && holdsInMemory(store)) {
            reply.accept(acknowledgement());
            return;
        }
        Acknowledgement whenDone = new Acknowledgement(store, reply);
        List<Write> batch = store.missed() == 0
                ? RequestEntries.store(store.key(), store.record())
                : withHints(store, RequestEntries.store(store.key(), store.record()));
        registers.write(batch, () -> refusalOf(store, reply), whenDone);
    }

    /** The log thread asks at the record's place. */
    private Optional<RefusedException> refusalOf(StoreRequest store, PendingReply reply) {
        return reply.isTooLate() ? StoreGate.NOT_ADMITTED : gate.refusalOf(store);
    }

    private List<Write> withHints(StoreRequest store, List<Write> entries) {
        List<Write> batch = new ArrayList<>(entries);
        batch.addAll(hints.note(store.missed(), store.hint()));
        return batch;
    }

    /** The numbers do not admit the record, so the register decides too. Nothing else changes the key meanwhile. */
    private void takeTurn(StoreRequest store, PendingReply reply) {
        transactions.begin(store.key(), RequestId.NONE, reply, (turn, state) -> judge(turn, store, state));
    }

    private void judge(KeyTransaction turn, StoreRequest store, KeyState state) {
        Record record = store.record();
        boolean isHeld = !state.isAbsent() && !state.isBelow(record);
        if (store.evidenceAge().isEmpty()) {
            if (isHeld && stemsFrom(record, state.register())) {
                acknowledge(turn, store, RequestEntries.trace(record));
            } else {
                turn.end(new Fenced(ages.fence()));
            }
        } else if (isHeld) {
            acknowledge(turn, store, RequestEntries.trace(record));
        } else if (state.isAbsent() && !gate.admits(store)) {
            turn.end(new Outdated(ages.age()));
        } else {
            acknowledge(turn, store, RequestEntries.store(store.key(), record));
        }
    }

    /** Whether the register is this plain write, or the work of conditional writes on it. */
    private static boolean stemsFrom(Record write, Record register) {
        Version own = write.version();
        Version other = register.version();
        return own.timestamp() == other.timestamp()
                && own.session() == other.session()
                && own.counter() == other.counter();
    }

    private void acknowledge(KeyTransaction turn, StoreRequest store, List<Write> entries) {
        List<Write> batch = withHints(store, entries);
        if (batch.isEmpty()) {
            turn.end(acknowledgement());
            return;
        }
        turn.write(batch, () -> {
            if (store.missed() != 0) {
                hints.applied(store.missed());
            }
            turn.end(acknowledgement());
        });
    }

    private Reply acknowledgement() {
        return right.isVoter() ? STORED : new Abstained(right.why());
    }

    /**
     * Coordinators cannot query a replica that is being filled. They send it the same record at each read of the key.
     */
    private boolean holdsInMemory(StoreRequest store) {
        try {
            return registers
                    .getFromMemory(store.key())
                    .filter(held -> !store.record().isNewerThan(held))
                    .isPresent();
        } catch (RefusedException e) {
            return false; // the write is refused too, with the reason
        }
    }

    /**
     * A replica that lacks space or descriptors acknowledges a record that it holds already. So reads need not repair
     * it.
     */
    private void lookWhetherItIsHeld(StoreRequest store, PendingReply reply, RefusedException why) {
        try {
            readers.execute(() -> {
                boolean isHeld = isHeld(store);
                if (!gate.admits(store)) {
                    takeTurn(store, reply);
                } else if (isHeld) {
                    acknowledgeHeld(store, reply);
                } else {
                    reply.accept(Rejection.of(why));
                }
            });
        } catch (RejectedExecutionException e) {
            reply.accept(Rejection.of(why));
        }
    }

    /** Hints have no values, so a full disk takes them. A replica that cannot note them does not acknowledge (I14). */
    private void acknowledgeHeld(StoreRequest store, PendingReply reply) {
        List<Write> noted = hints.note(store.missed(), store.hint());
        if (noted.isEmpty()) {
            reply.accept(acknowledgement());
        } else {
            registers.write(noted, new AnsweredWrite(reply, () -> {
                hints.applied(store.missed());
                reply.accept(acknowledgement());
            }));
        }
    }

    private boolean isHeld(StoreRequest store) {
        try {
            return !store.record().isNewerThan(registers.get(store.key()));
        } catch (StoreException e) {
            return false;
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            return false;
        }
    }

    private final class Acknowledgement implements Completion {
        private final StoreRequest store;
        private final PendingReply reply;

        Acknowledgement(StoreRequest store, PendingReply reply) {
            this.store = store;
            this.reply = reply;
        }

        @Override
        public void applied() {
            if (store.missed() != 0) {
                hints.applied(store.missed());
            }
            reply.accept(acknowledgement());
        }

        @Override
        public void refused(RefusedException why) {
            switch (why.reason()) {
                case NOT_ADMITTED -> {
                    if (reply.isTooLate()) {
                        reply.accept(Rejection.expired());
                    } else {
                        takeTurn(store, reply);
                    }
                }
                case DISK_FULL, OUT_OF_DESCRIPTORS -> lookWhetherItIsHeld(store, reply, why);
                case OVERLOADED, CLOSING, TOO_LARGE, STOPPED -> reply.accept(Rejection.of(why));
            }
        }

        @Override
        public void unknown(UnknownOutcomeException why) {
            LOG.error("a write does not count, since it may or may not be durable: {}", why.getMessage());
            reply.accept(new Abstained(why.getMessage()));
        }
    }
}
