package io.quorate.node.replica;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.lsm.Completion;
import io.quorate.node.lsm.Keyspace;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PREPARE and ACCEPT: this replica as an acceptor of Paxos (Lamport, "Paxos Made Simple", section 2.2), one per key. Each
 * reads the acceptor's state, changes it durably, and only then answers; for one key they go one after the other.
 *
 * <p>The register is read when the promise is durable, so that it shows every STORE that came before the PREPARE.
 */
public final class ConsensusHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConsensusHandler.class);
    private static final Accepted ACCEPTED = new Accepted();

    private final KeyStates states;
    private final HybridClock clock;
    private final KeyQueues queues = new KeyQueues();

    public ConsensusHandler(KeyStates states, HybridClock clock) {
        this.states = states;
        this.clock = clock;
    }

    void handle(Prepare prepare, Consumer<Reply> reply) {
        clock.follow(prepare.ballot().timestamp());
        Turn turn = new Turn(prepare.key(), reply);
        turn.begin(state -> prepare(turn, prepare.ballot(), state));
    }

    private void prepare(Turn turn, Ballot ballot, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (!ballot.isAfter(acceptor.promised())) {
            turn.end(new Preempted(acceptor.promised()));
            return;
        }
        AcceptorState promised = acceptor.promise(ballot);
        turn.write(
                promised,
                () -> turn.read(after -> {
                    KeyState shown = new KeyState(promised, after.register());
                    turn.end(new Promise(shown.register(), shown.accepted()));
                }));
    }

    void handle(Accept accept, Consumer<Reply> reply) {
        clock.follow(accept.proposal().ballot().timestamp());
        Turn turn = new Turn(accept.key(), reply);
        turn.begin(state -> accept(turn, accept.proposal(), state));
    }

    private void accept(Turn turn, Proposal proposal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (acceptor.promised().isAfter(proposal.ballot())) {
            turn.end(new Preempted(acceptor.promised()));
            return;
        }
        boolean newer = proposal.record().isNewerThan(state.register());
        AcceptorState next = newer ? acceptor.accept(proposal) : acceptor.pass(proposal.ballot());
        turn.write(next, () -> turn.end(ACCEPTED));
    }

    /** One request's time with a key: from when it is alone with it to its one reply. */
    private final class Turn {
        private final Key key;
        private final Consumer<Reply> reply;

        Turn(Key key, Consumer<Reply> reply) {
            this.key = key;
            this.reply = reply;
        }

        void begin(Consumer<KeyState> then) {
            if (!queues.enter(key, () -> read(then))) {
                reply.accept(new Rejected(
                        Rejected.Cause.OVERLOADED,
                        "more than " + KeyQueues.WAITING_MAX + " conditional writes wait for one key"));
            }
        }

        void read(Consumer<KeyState> then) {
            states.read(key, then, this::end);
        }

        void write(AcceptorState next, Runnable whenDurable) {
            states.useConsensus();
            states.store().put(Keyspace.CONSENSUS, key, next.toRecord(), new Completion() {
                @Override
                public void applied() {
                    whenDurable.run();
                }

                @Override
                public void refused(RefusedException why) {
                    end(Rejection.of(why));
                }

                @Override
                public void unknown(UnknownOutcomeException why) {
                    LOG.error("a conditional write is not answered: {}", why.getMessage());
                }
            });
        }

        void end(Reply answer) {
            reply.accept(answer);
            queues.leave(key);
        }
    }
}
