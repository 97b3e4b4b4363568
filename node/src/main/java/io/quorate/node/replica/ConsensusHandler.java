package io.quorate.node.replica;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Conclusion;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Conclude;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Recall;
import io.quorate.common.wire.Message.Recalled;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.format.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PREPARE, ACCEPT and CONCLUDE: this replica as an acceptor of Paxos (Lamport, "Paxos Made Simple", section 2.2), one per
 * key. Each reads the acceptor's state, changes it durably, and only then answers; for one key they go one after the other.
 * What they acknowledge of a request with an idempotency key is remembered in the same batch.
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
        Turn turn = new Turn(prepare.key(), prepare.request(), reply);
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
                    turn.end(new Promise(shown.register(), shown.accepted(), promised.voted(), after.trace()));
                }));
    }

    void handle(Accept accept, Consumer<Reply> reply) {
        clock.follow(accept.proposal().ballot().timestamp());
        Record record = accept.proposal().record();
        RequestId traced = record.receipt().isPresent() ? record.request() : RequestId.NONE;
        Turn turn = new Turn(accept.key(), traced, reply);
        turn.begin(state -> accept(turn, accept.proposal(), state));
    }

    private void accept(Turn turn, Proposal proposal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (acceptor.promised().isAfter(proposal.ballot())) {
            turn.end(new Preempted(acceptor.promised()));
            return;
        }
        Record record = proposal.record();
        boolean newer = record.isNewerThan(state.register());
        AcceptorState next = newer ? acceptor.accept(proposal) : acceptor.pass(proposal.ballot());
        List<Write> batch = turn.batch(next);
        if (record.receipt().isPresent()) {
            Vote vote = new Vote(proposal.ballot(), Conclusion.of(record));
            batch.add(RequestEntries.voted(record.request(), state.trace(), vote));
        }
        turn.write(batch, () -> turn.end(ACCEPTED));
    }

    void handle(Conclude conclude, Consumer<Reply> reply) {
        clock.follow(conclude.ballot().timestamp());
        clock.follow(conclude.refuting().version().timestamp());
        Turn turn = new Turn(conclude.key(), conclude.request(), reply);
        turn.begin(state -> conclude(turn, conclude, state));
    }

    /** The register goes along, so that who meets this vote later meets what refutes the condition too. */
    private void conclude(Turn turn, Conclude conclude, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (acceptor.promised().isAfter(conclude.ballot())) {
            turn.end(new Preempted(acceptor.promised()));
            return;
        }
        List<Write> batch = turn.batch(acceptor.pass(conclude.ballot()));
        Vote vote = new Vote(conclude.ballot(), conclude.refusal());
        batch.add(RequestEntries.voted(conclude.request(), state.trace(), vote));
        if (conclude.refuting().isNewerThan(state.register())) {
            batch.addAll(RequestEntries.store(conclude.key(), conclude.refuting()));
        }
        turn.write(batch, () -> turn.end(ACCEPTED));
    }

    /** Shows what is remembered of a request; alone among these it has no effect, and waits for nobody. */
    void handle(Recall recall, Consumer<Reply> reply) {
        states.read(recall.key(), recall.request(), state -> reply.accept(new Recalled(state.trace())), reply::accept);
    }

    /** One request's time with a key: from when it is alone with it to its one reply. */
    private final class Turn {
        private final Key key;
        private final RequestId request;
        private final Consumer<Reply> reply;

        Turn(Key key, RequestId request, Consumer<Reply> reply) {
            this.key = key;
            this.request = request;
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
            states.read(key, request, then, this::end);
        }

        List<Write> batch(AcceptorState next) {
            List<Write> batch = new ArrayList<>();
            batch.add(new Write(Keyspace.CONSENSUS, key, next.toRecord()));
            return batch;
        }

        void write(AcceptorState next, Runnable whenDurable) {
            write(batch(next), whenDurable);
        }

        /** All of it or nothing, and nothing is shown before it is durable. */
        void write(List<Write> batch, Runnable whenDurable) {
            states.useConsensus();
            states.store().write(batch, new Completion() {
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
