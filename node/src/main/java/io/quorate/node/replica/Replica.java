package io.quorate.node.replica;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.node.voting.VotingRight;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives each request to its handler, unless this replica may not answer it: without a vote nothing that it holds is
 * shown, and only one that is being filled still takes records. Safe for use by several threads.
 */
public final class Replica {
    private final HybridClock clock;
    private final VotingRight right;
    private final InspectHandler inspections;
    private final Optional<Registers> registers;

    /** What reaches into the store. */
    public record Registers(QueryHandler queries, StoreHandler stores, ConsensusHandler consensus, ScanHandler scans) {}

    /** @param registers empty if the store is too damaged to be opened; there is no right to vote then */
    public Replica(HybridClock clock, VotingRight right, InspectHandler inspections, Optional<Registers> registers) {
        this.clock = clock;
        this.right = right;
        this.inspections = inspections;
        this.registers = registers;
    }

    public VotingStatus votingStatus() {
        return right.votingStatus();
    }

    /** Why it has no vote; empty if it has one. */
    public String whyNoVote() {
        return right.why();
    }

    /** Answers a request, on this thread or later on another. */
    public void handle(Request request, Consumer<Reply> reply) {
        if (request instanceof Ping) {
            reply.accept(new Pong(clock.wallMs(), right.votingStatus()));
        } else if (request instanceof Inspect) {
            reply.accept(inspections.inspect());
        } else {
            refusal(request).ifPresentOrElse(reply, () -> handle(registers.orElseThrow(), request, reply));
        }
    }

    private Optional<Reply> refusal(Request request) {
        return switch (right.votingStatus()) {
            case VOTING -> Optional.empty();
            case FILLING ->
                request instanceof StoreRequest
                        ? Optional.empty()
                        : Optional.of(new Rejected(Rejected.RejectionCause.FILLING, right.why()));
            case DAMAGED -> Optional.of(new Rejected(Rejected.RejectionCause.UNREADABLE, right.why()));
        };
    }

    private static void handle(Registers registers, Request request, Consumer<Reply> reply) {
        if (request instanceof Query query) {
            registers.queries().handle(query, reply);
        } else if (request instanceof StoreRequest store) {
            registers.stores().handle(store, reply);
        } else if (request instanceof Prepare prepare) {
            registers.consensus().handle(prepare, reply);
        } else if (request instanceof Accept accept) {
            registers.consensus().handle(accept, reply);
        } else if (request instanceof AcceptRefusal refusal) {
            registers.consensus().handle(refusal, reply);
        } else if (request instanceof RequestStatusQuery statusQuery) {
            registers.consensus().handle(statusQuery, reply);
        } else if (request instanceof Scan scan) {
            registers.scans().handle(scan, reply);
        } else {
            throw new AssertionError("a request without a handler: " + request);
        }
    }
}
