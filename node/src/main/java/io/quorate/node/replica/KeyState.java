package io.quorate.node.replica;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestTrace;
import java.util.Optional;

/**
 * What the replica durably holds of one key: its part in the key's consensus, and the register.
 *
 * @param trace what it remembers of the request that was asked for, if one was
 */
record KeyState(AcceptorState acceptor, Record register, RequestTrace trace) {
    KeyState(AcceptorState acceptor, Record register) {
        this(acceptor, register, RequestTrace.NONE);
    }

    /** A conditional write that it has accepted and that is newer than the register. */
    Optional<Proposal> accepted() {
        return acceptor.accepted().filter(proposal -> proposal.record().isNewerThan(register));
    }
}
