package io.quorate.node.replica;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import java.util.Optional;

/** What the replica durably holds of one key: its part in the key's consensus, and the register. */
record KeyState(AcceptorState acceptor, Record register) {
    /** A conditional write that it has accepted and that is newer than the register. */
    Optional<Proposal> accepted() {
        return acceptor.accepted().filter(proposal -> proposal.record().isNewerThan(register));
    }
}
