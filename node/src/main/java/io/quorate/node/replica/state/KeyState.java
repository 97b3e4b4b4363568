package io.quorate.node.replica.state;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.request.RequestTrace;
import java.util.Optional;

/**
 * What the replica durably holds of one key: the state of its acceptor, and the register.
 *
 * @param trace what the replica remembers of the request that the reader named
 */
public record KeyState(AcceptorState acceptor, Record register, RequestTrace trace) {
    public KeyState(AcceptorState acceptor, Record register) {
        this(acceptor, register, RequestTrace.NONE);
    }

    /** The conditional write that the replica has accepted, if it is newer than the register. */
    public Optional<Proposal> accepted() {
        return acceptor.accepted().filter(proposal -> proposal.record().isNewerThan(register));
    }
}
