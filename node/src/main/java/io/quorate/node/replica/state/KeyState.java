package io.quorate.node.replica.state;

import io.quorate.common.model.Horizon;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import java.util.Optional;

/**
 * What the replica durably holds of one key: the state of its acceptor, and the register.
 *
 * @param held the register as the store has it: its tombstone may be forgotten
 * @param trace what the replica remembers of the request that the reader named
 * @param horizon what a reply tells of forgetting, read around the register
 */
public record KeyState(AcceptorState acceptor, Record held, RequestTrace trace, Horizon horizon) {
    public KeyState(AcceptorState acceptor, Record held) {
        this(acceptor, held, RequestTrace.NONE, Horizon.NONE);
    }

    /** The register that replies show. A key whose tombstone is forgotten is absent. */
    public Record register() {
        return held.isForgotten() ? Record.NEVER_WRITTEN : held;
    }

    public boolean isAbsent() {
        return held.isForgotten() || held.version().equals(Version.ZERO);
    }

    /** Whether the record is newer than the register. A forgotten tombstone counts with its version (R4). */
    public boolean isBelow(Record record) {
        return record.isNewerThan(held);
    }

    /** The conditional write that the replica has accepted, if it is newer than the register. */
    public Optional<Proposal> accepted() {
        return acceptor.accepted().filter(proposal -> isBelow(proposal.record()));
    }

    /** The same, of another state of the acceptor. */
    public KeyState with(AcceptorState other) {
        return new KeyState(other, held, trace, horizon);
    }
}
