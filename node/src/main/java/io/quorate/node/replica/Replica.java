package io.quorate.node.replica;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.plausibility.Plausibility;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.node.convergence.antientropy.handler.ConvergenceHandlers;
import io.quorate.node.convergence.founding.AgreeHandler;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.consensus.ConsensusHandlers;
import io.quorate.node.replica.request.RequestHandlers;
import io.quorate.node.replica.request.SingleReply;
import io.quorate.node.replica.state.AnsweredWrite;
import io.quorate.node.voting.VotingRight;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives each request to its handler, unless this replica may not answer it. No request with an impossible number gets
 * further than here, from another process or from this one. A replica without a vote shows nothing of what it holds,
 * and takes records only while it is being filled. Safe for use by several threads.
 */
public final class Replica {
    /** These ask about the replica, and not for what it stores. */
    private static final Set<Class<?>> ANSWERED_WITHOUT_VOTE = Set.of(Ping.class, Inspect.class);

    /** No quorum counts the answers: with them, others find what the replica lacks. */
    private static final Set<Class<?>> ANSWERED_WHILE_FILLING =
            Set.of(StoreRequest.class, Digest.class, ListRange.class, Fetch.class, PassEnd.class);

    private final HybridClock clock;
    private final VotingRight right;
    private final LongAdder impossible = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final RequestHandlers handlers = new RequestHandlers();
    private final Optional<Ages> ages;

    /**
     * The handlers of all requests that need the store.
     *
     * @param convergence empty if the replica takes no part in anti-entropy
     * @param agreement empty if the replica takes no part in founding
     */
    public record Registers(
            QueryHandler queries,
            StoreHandler stores,
            ConsensusHandlers consensus,
            ScanHandler scans,
            HandoffHandlers handoff,
            Optional<ConvergenceHandlers> convergence,
            Optional<AgreeHandler> agreement) {
        public Registers(
                QueryHandler queries,
                StoreHandler stores,
                ConsensusHandlers consensus,
                ScanHandler scans,
                HandoffHandlers handoff) {
            this(queries, stores, consensus, scans, handoff, Optional.empty(), Optional.empty());
        }

        private void addTo(RequestHandlers handlers) {
            handlers.put(Query.class, queries);
            handlers.put(StoreRequest.class, stores);
            handlers.put(Prepare.class, consensus.prepare());
            handlers.put(Accept.class, consensus.accept());
            handlers.put(AcceptRefusal.class, consensus.acceptRefusal());
            handlers.put(RequestStatusQuery.class, consensus.status());
            handlers.put(Scan.class, scans);
            handlers.put(Missed.class, handoff.missed());
            handlers.put(Offer.class, handoff.offer());
            convergence.ifPresent(each -> each.addTo(handlers));
            agreement.ifPresent(each -> handlers.put(AgreeOnMembers.class, each));
        }
    }

    /** @param registers empty if the store is too damaged to be opened. Then there is no right to vote */
    public Replica(HybridClock clock, VotingRight right, InspectHandler inspections, Optional<Registers> registers) {
        this.clock = clock;
        this.right = right;
        handlers.put(Ping.class, (ping, reply) -> reply.accept(new Pong(clock.wallMs(), right.votingStatus())));
        handlers.put(Inspect.class, inspections);
        this.ages = registers.map(all -> all.queries().ages());
        registers.ifPresent(all -> all.addTo(handlers));
    }

    public VotingStatus votingStatus() {
        return right.votingStatus();
    }

    /** Why the replica has no vote, or empty if it has one. */
    public String whyNoVote() {
        return right.why();
    }

    /** The requests that this replica can answer. */
    Set<Class<?>> requests() {
        return handlers.types();
    }

    /** As {@link #handle(Request, long, Consumer)}, for a sender who waits as long as it takes. */
    public void handle(Request request, Consumer<Reply> receiver) {
        handle(request, Frame.ANY_TIME, receiver);
    }

    /**
     * Replies to a request once, on this thread or later on another. This method never throws: a defect in a handler is
     * the reply of this request alone.
     *
     * @param patienceMs how long the sender waits, as {@link Frame#patienceMs} has it
     */
    public void handle(Request request, long patienceMs, Consumer<Reply> receiver) {
        SingleReply reply = new SingleReply(counted(receiver), lateAfter(patienceMs));
        reply.guard(() -> refusal(request).ifPresentOrElse(reply, () -> handleAtAge(request, reply)));
    }

    private Consumer<Reply> counted(Consumer<Reply> receiver) {
        return reply -> {
            if (reply instanceof Rejected rejected && rejected.cause() == RejectionCause.EXPIRED) {
                expired.increment();
            }
            receiver.accept(reply);
        };
    }

    private BooleanSupplier lateAfter(long patienceMs) {
        if (patienceMs == Frame.ANY_TIME) {
            return () -> false;
        }
        long dueNs = clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        return () -> clock.monotonicNs() - dueNs > 0;
    }

    /** What demands an age waits until the replica has it, durably (R5). */
    private void handleAtAge(Request request, SingleReply reply) {
        if (request.demandedAge() == 0 || ages.isEmpty()) {
            handlers.handle(request, reply);
            return;
        }
        ages.get()
                .apply(
                        ages.get().raiseAge(request.demandedAge()),
                        new AnsweredWrite(reply, () -> reply.guard(() -> handlers.handle(request, reply))));
    }

    /** How many requests were refused, since no honest process sends such numbers. */
    public long impossibleRequests() {
        return impossible.sum();
    }

    /** How many requests waited until nobody needed their answers. They had no effect. */
    public long expiredRequests() {
        return expired.sum();
    }

    private Optional<Reply> refusal(Request request) {
        Optional<ImpossibleNumber> objection = Plausibility.objection(request, clock.wallMs());
        return objection.isPresent() ? Optional.of(refuse(objection.get())) : refusalOfVote(request);
    }

    private Reply refuse(ImpossibleNumber number) {
        impossible.increment();
        return new Rejected(RejectionCause.IMPOSSIBLE_NUMBER, number.text() + ". Nothing was applied");
    }

    private Optional<Reply> refusalOfVote(Request request) {
        if (ANSWERED_WITHOUT_VOTE.contains(request.getClass())) {
            return Optional.empty();
        }
        return switch (right.votingStatus()) {
            case VOTING -> Optional.empty();
            case FILLING ->
                ANSWERED_WHILE_FILLING.contains(request.getClass())
                        ? Optional.empty()
                        : Optional.of(new Rejected(RejectionCause.FILLING, right.why()));
            case DAMAGED -> Optional.of(new Rejected(RejectionCause.UNREADABLE, right.why()));
        };
    }
}
