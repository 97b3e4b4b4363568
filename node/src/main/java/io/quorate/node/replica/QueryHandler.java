package io.quorate.node.replica;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.Horizon;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.replica.state.Rejection;

/** QUERY: shows a register, and an accepted conditional write that is newer. */
public final class QueryHandler implements RequestHandler<Query> {
    private final KeyStates states;

    public QueryHandler(KeyStates states) {
        this.states = states;
    }

    Ages ages() {
        return states.ages();
    }

    @Override
    public void handle(Query query, PendingReply reply) {
        try {
            requireSpace(query.purpose());
        } catch (RefusedException e) {
            reply.accept(Rejection.of(e));
            return;
        }
        if (query.withContent()) {
            states.read(query.key(), reply::isTooLate, state -> reply.accept(show(query, state)), reply::accept);
        } else {
            states.readVersion(query.key(), reply::isTooLate, shown -> reply.accept(show(query, shown)), reply::accept);
        }
    }

    private void requireSpace(Query.Purpose purpose) {
        switch (purpose) {
            case PUT -> states.store().requireSpace(DiskSpace.ALL_WRITES);
            case DELETE -> states.store().requireSpace(DiskSpace.DELETES_ONLY);
            case READ -> {}
        }
    }

    private Reply show(Query query, KeyState state) {
        return new RecordReply(state.register(), state.accepted(), told(query, state.horizon()));
    }

    private Reply show(Query query, VersionReply version) {
        return version.withHorizon(told(query, version.horizon()));
    }

    /** A write takes a version above the fence (C1). */
    private Horizon told(Query query, Horizon horizon) {
        return query.purpose() == Query.Purpose.READ
                ? horizon
                : horizon.withFence(states.ages().fence());
    }
}
