package io.quorate.node.replica.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.state.AcceptorState;
import io.quorate.node.replica.state.KeyQueues;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's time with a key: from when it is alone with the key to its one reply. Each way out gives the key to the
 * next request, also a defect and a write with an unknown outcome.
 */
public final class KeyTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(KeyTransaction.class);

    private final KeyStates states;
    private final KeyQueues queues;
    private final int waitingMax;
    private final Key key;
    private final RequestId request;
    private final PendingReply reply;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean hasWritten;

    KeyTransaction(KeyStates states, int waitingMax, Key key, RequestId request, PendingReply reply) {
        this.states = states;
        this.queues = states.queues();
        this.waitingMax = waitingMax;
        this.key = key;
        this.request = request;
        this.reply = reply;
    }

    void begin(Consumer<KeyState> then) {
        if (!queues.enter(key, () -> guard(() -> beginTurn(then)), waitingMax)) {
            reply.accept(new Rejected(
                    Rejected.RejectionCause.OVERLOADED,
                    "more than " + waitingMax + " conditional writes wait for this key"));
        }
    }

    private void beginTurn(Consumer<KeyState> then) {
        if (reply.isTooLate()) {
            end(Rejection.expired());
        } else {
            states.read(key, request, reply::isTooLate, state -> guard(() -> then.accept(state)), this::end);
        }
    }

    /** After a write: the request may not end any more as if it had no effect. */
    void readAgain(Consumer<KeyState> then) {
        states.read(
                key,
                request,
                () -> false,
                state -> guard(() -> then.accept(state)),
                why -> end(new Abstained(why.detail())));
    }

    /** Runs a part of the request. A defect of Quorate in it ends the request, and not the key. */
    private void guard(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            String detail = "a defect of Quorate: " + e;
            end(hasWritten ? new Abstained(detail) : new Rejected(Rejected.RejectionCause.UNREADABLE, detail));
        }
    }

    /** What an acceptor without an entry has promised (R3). */
    Ballot ballotFloor() {
        return states.ages().ballotFloor();
    }

    /** The write of this state. The caller may add what must become durable together with it. */
    List<Write> batch(AcceptorState next) {
        List<Write> batch = new ArrayList<>();
        batch.add(new Write(Keyspace.CONSENSUS, key, next.toRecord()));
        return batch;
    }

    public void write(AcceptorState next, Runnable whenDurable) {
        write(batch(next), whenDurable);
    }

    /** Writes all of the batch or nothing, and shows nothing before it is durable. */
    public void write(List<Write> batch, Runnable whenDurable) {
        if (batch.stream().anyMatch(write -> write.keyspace() == Keyspace.CONSENSUS)) {
            states.useConsensus();
        }
        hasWritten = true;
        states.store().write(batch, new Completion() {
            @Override
            public void applied() {
                guard(whenDurable);
            }

            @Override
            public void refused(RefusedException why) {
                end(Rejection.of(why));
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                LOG.error("a vote does not count, since it may or may not be durable: {}", why.getMessage());
                end(new Abstained(why.getMessage()));
            }
        });
    }

    public void end(Reply answer) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Defects.contain(() -> reply.accept(answer));
        queues.leave(key);
    }
}
