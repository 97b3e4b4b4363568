package io.quorate.node.replica.consensus;

import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyStates;

/** Shows what the replica remembers of a request. It changes nothing, so it does not queue for the key. */
public final class RequestStatusHandler implements RequestHandler<RequestStatusQuery> {
    private final KeyStates states;

    RequestStatusHandler(KeyStates states) {
        this.states = states;
    }

    @Override
    public void handle(RequestStatusQuery query, PendingReply reply) {
        states.read(
                query.key(),
                query.request(),
                reply::isTooLate,
                state -> reply.accept(new RequestStatusReply(state.trace())),
                reply::accept);
    }
}
