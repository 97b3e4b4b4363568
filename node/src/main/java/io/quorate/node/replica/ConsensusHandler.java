package io.quorate.node.replica;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestResult;
import io.quorate.common.model.Vote;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
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
        KeyTransaction transaction = new KeyTransaction(prepare.key(), prepare.request(), reply);
        transaction.begin(state -> prepare(transaction, prepare.ballot(), state));
    }

    private void prepare(KeyTransaction transaction, Ballot ballot, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (!ballot.isAfter(acceptor.promised())) {
            transaction.end(new Preempted(acceptor.promised()));
            return;
        }
        AcceptorState promised = acceptor.promise(ballot);
        transaction.write(
                promised,
                () -> transaction.read(after -> {
                    KeyState shown = new KeyState(promised, after.register());
                    transaction.end(new Promise(shown.register(), shown.accepted(), promised.voted(), after.trace()));
                }));
    }

    void handle(Accept accept, Consumer<Reply> reply) {
        clock.follow(accept.proposal().ballot().timestamp());
        Record record = accept.proposal().record();
        RequestId traced = record.receipt().isPresent() ? record.request() : RequestId.NONE;
        KeyTransaction transaction = new KeyTransaction(accept.key(), traced, reply);
        transaction.begin(state -> accept(transaction, accept.proposal(), state));
    }

    private void accept(KeyTransaction transaction, Proposal proposal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (acceptor.promised().isAfter(proposal.ballot())) {
            transaction.end(new Preempted(acceptor.promised()));
            return;
        }
        Record record = proposal.record();
        boolean newer = record.isNewerThan(state.register());
        AcceptorState next = newer ? acceptor.accept(proposal) : acceptor.pass(proposal.ballot());
        List<Write> batch = transaction.batch(next);
        if (record.receipt().isPresent()) {
            Vote vote = new Vote(proposal.ballot(), RequestResult.of(record));
            batch.add(RequestEntries.voted(record.request(), state.trace(), vote));
        }
        transaction.write(batch, () -> transaction.end(ACCEPTED));
    }

    void handle(AcceptRefusal refusal, Consumer<Reply> reply) {
        clock.follow(refusal.ballot().timestamp());
        clock.follow(refusal.refuting().version().timestamp());
        KeyTransaction transaction = new KeyTransaction(refusal.key(), refusal.request(), reply);
        transaction.begin(state -> acceptRefusal(transaction, refusal, state));
    }

    /** The register goes along, so that who meets this vote later meets what refutes the condition too. */
    private void acceptRefusal(KeyTransaction transaction, AcceptRefusal refusal, KeyState state) {
        AcceptorState acceptor = state.acceptor();
        if (acceptor.promised().isAfter(refusal.ballot())) {
            transaction.end(new Preempted(acceptor.promised()));
            return;
        }
        List<Write> batch = transaction.batch(acceptor.pass(refusal.ballot()));
        Vote vote = new Vote(refusal.ballot(), refusal.refusal());
        batch.add(RequestEntries.voted(refusal.request(), state.trace(), vote));
        if (refusal.refuting().isNewerThan(state.register())) {
            batch.addAll(RequestEntries.store(refusal.key(), refusal.refuting()));
        }
        transaction.write(batch, () -> transaction.end(ACCEPTED));
    }

    /** Shows what is remembered of a request; alone among these it has no effect, and waits for nobody. */
    void handle(RequestStatusQuery statusQuery, Consumer<Reply> reply) {
        states.read(
                statusQuery.key(),
                statusQuery.request(),
                state -> reply.accept(new RequestStatusReply(state.trace())),
                reply::accept);
    }

    /** One request's time with a key: from when it is alone with it to its one reply. */
    private final class KeyTransaction {
        private final Key key;
        private final RequestId request;
        private final Consumer<Reply> reply;

        KeyTransaction(Key key, RequestId request, Consumer<Reply> reply) {
            this.key = key;
            this.request = request;
            this.reply = reply;
        }

        void begin(Consumer<KeyState> then) {
            if (!queues.enter(key, () -> read(then))) {
                reply.accept(new Rejected(
                        Rejected.RejectionCause.OVERLOADED,
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
