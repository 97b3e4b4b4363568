package io.quorate.node.replica;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * What an acceptor of Paxos must not forget, for one key. It only ever goes up: in the ballot, and within one ballot from
 * promised to accepted. So it is kept as a record of the keyspace {@code consensus}, whose version says how far it is.
 *
 * <pre>
 * version := timestamp, session and counter of the promised ballot | step 1: promised, 2: accepted under this ballot
 * value   := nothing, or the accepted proposal
 * </pre>
 *
 * @param promised nothing below it will be accepted any more
 * @param acceptedHere whether {@code accepted} was accepted under {@code promised}, or under an earlier ballot
 */
record AcceptorState(Ballot promised, boolean acceptedHere, Optional<Proposal> accepted) {
    private static final long STEP_PROMISED = 1;
    private static final long STEP_ACCEPTED = 2;
    private static final int PROPOSAL_BYTES = 512;

    AcceptorState promise(Ballot ballot) {
        return new AcceptorState(ballot, false, accepted);
    }

    AcceptorState accept(Proposal proposal) {
        return new AcceptorState(proposal.ballot(), true, Optional.of(proposal));
    }

    /** As if accepted, but that the register is past the proposal already. */
    AcceptorState pass(Ballot ballot) {
        return new AcceptorState(ballot, true, accepted);
    }

    Record toRecord() {
        BytesWriter out = new BytesWriter(accepted.isPresent() ? PROPOSAL_BYTES : 0);
        accepted.ifPresent(proposal -> RecordCodec.writeProposal(out, proposal));
        Version version = new Version(
                promised.timestamp(),
                promised.session(),
                promised.counter(),
                acceptedHere ? STEP_ACCEPTED : STEP_PROMISED);
        return new Record(version, Value.of(out.toByteArray(), Value.DEFAULT_CONTENT_TYPE));
    }

    /** @throws MalformedException if the record is not such a state, which no checksum of the store can notice */
    static AcceptorState of(Record record) {
        Version version = record.version();
        Ballot promised = new Ballot(version.timestamp(), version.session(), version.counter());
        return new AcceptorState(promised, version.step() == STEP_ACCEPTED, proposal(record));
    }

    private static Optional<Proposal> proposal(Record record) {
        if (!(record.content() instanceof Value value) || value.bytes().length == 0) {
            return Optional.empty();
        }
        BytesReader in = new BytesReader(value.bytes());
        Proposal proposal = RecordCodec.readProposal(in);
        in.requireEnd();
        return Optional.of(proposal);
    }
}
