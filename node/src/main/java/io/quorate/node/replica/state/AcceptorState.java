package io.quorate.node.replica.state;

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
 * The durable state of a Paxos acceptor, for one key. It only goes up (I5): in the ballot, and within one ballot from
 * promised to voted. So the store keeps it as a record of the keyspace {@code consensus}, whose version is the ballot
 * and that step.
 *
 * <pre>
 * version := timestamp, session and counter of the promised ballot | step 1: promised, 2: voted under this ballot
 * value   := nothing, or the ballot of the last vote and, if it accepted a record, that record
 * </pre>
 *
 * @param promised the acceptor acknowledges no lower ballot
 * @param voted the last ballot under which it acknowledged anything. It forgets what it accepted under an earlier one
 * @param acceptedRecord the record accepted under {@code voted}, or empty if the register was newer, or the vote was
 *     for a refusal
 */
public record AcceptorState(Ballot promised, Ballot voted, Optional<Record> acceptedRecord) {
    private static final long STEP_PROMISED = 1;
    private static final long STEP_VOTED = 2;
    private static final int PROPOSAL_BYTES = 512;

    /** Of an acceptor without an entry. */
    static final AcceptorState NONE = new AcceptorState(Ballot.ZERO, Ballot.ZERO, Optional.empty());

    /** Whether the acceptor has no entry: it never had one, or it is forgotten. */
    public boolean isEmpty() {
        return promised.equals(Ballot.ZERO);
    }

    /** Above which ballot it promises: also above the replica's floor of ballots (R3). */
    public Ballot promisedOr(Ballot floor) {
        return Ballot.max(promised, floor);
    }

    /**
     * Whether it may vote under this ballot. Never below the floor of ballots. Without an entry, it has no promise for
     * the floor itself (R3).
     */
    public boolean votesUnder(Ballot ballot, Ballot floor) {
        return isEmpty() ? ballot.isAfter(floor) : !promisedOr(floor).isAfter(ballot);
    }

    /**
     * Whether its last promise is not after this instant. A conditional write has the instant of its base in its
     * version, so only the ballot tells how old it is.
     */
    public boolean isIdleSince(long timestamp) {
        return promised.timestamp() <= timestamp;
    }

    public AcceptorState promise(Ballot ballot) {
        return new AcceptorState(ballot, voted, acceptedRecord);
    }

    public AcceptorState accept(Proposal proposal) {
        return new AcceptorState(proposal.ballot(), proposal.ballot(), Optional.of(proposal.record()));
    }

    /** A vote that leaves no record to be finished. */
    public AcceptorState pass(Ballot ballot) {
        return new AcceptorState(ballot, ballot, Optional.empty());
    }

    public Optional<Proposal> accepted() {
        return acceptedRecord.map(record -> new Proposal(voted, record));
    }

    public Record toRecord() {
        BytesWriter out = new BytesWriter(acceptedRecord.isPresent() ? PROPOSAL_BYTES : RecordCodec.BALLOT_BYTES_MAX);
        if (!voted.equals(Ballot.ZERO)) {
            RecordCodec.writeBallot(out, voted);
            acceptedRecord.ifPresent(record -> RecordCodec.writeRecord(out, record));
        }
        Version version = new Version(
                promised.timestamp(),
                promised.session(),
                promised.counter(),
                promised.equals(voted) ? STEP_VOTED : STEP_PROMISED);
        return new Record(version, Value.of(out.toByteArray(), Value.DEFAULT_CONTENT_TYPE));
    }

    /** @throws MalformedException if the record is no such state. No checksum of the store can find that */
    public static AcceptorState of(Record record) {
        if (record.isForgotten()) {
            return NONE;
        }
        Version version = record.version();
        Ballot promised = new Ballot(version.timestamp(), version.session(), version.counter());
        if (!(record.content() instanceof Value value) || value.bytes().length == 0) {
            return new AcceptorState(promised, Ballot.ZERO, Optional.empty());
        }
        BytesReader in = new BytesReader(value.bytes());
        Ballot voted = RecordCodec.readBallot(in);
        Optional<Record> accepted = in.remaining() == 0 ? Optional.empty() : Optional.of(RecordCodec.readRecord(in));
        in.requireEnd();
        return new AcceptorState(promised, voted, accepted);
    }
}
