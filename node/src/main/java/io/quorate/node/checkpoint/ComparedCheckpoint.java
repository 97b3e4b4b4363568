package io.quorate.node.checkpoint;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.CheckpointReader;
import io.quorate.node.lsm.format.EntryCursor;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.replica.age.CheckpointAges;
import io.quorate.node.replica.state.AcceptorState;
import java.io.IOException;
import java.util.Optional;

/** What another node's checkpoint has of each key. Keys are asked for in ascending order, and in one pass over them. */
final class ComparedCheckpoint {
    private final CheckpointAges ages;
    private final Walk registers;
    private final Walk acceptors;

    ComparedCheckpoint(CheckpointReader checkpoint) throws IOException {
        this.ages = CheckpointAges.of(checkpoint);
        this.registers = new Walk(checkpoint.cursor(Keyspace.DATA));
        this.acceptors = new Walk(checkpoint.cursor(Keyspace.CONSENSUS));
    }

    private static final class Walk {
        private final EntryCursor cursor;
        private Optional<Key> at = Optional.empty();
        private boolean ended;

        Walk(EntryCursor cursor) {
            this.cursor = cursor;
        }

        Optional<Record> to(Key asked) throws IOException {
            while (!ended && at.map(key -> key.compareTo(asked) < 0).orElse(true)) {
                ended = !cursor.advance();
                at = ended ? Optional.empty() : Optional.of(Keyspace.exposed(cursor.key()));
            }
            return at.filter(asked::equals).map(key -> cursor.record());
        }
    }

    /** The version of a register's entry, if it is not forgotten. */
    static Optional<Version> ofRegister(Record entry) {
        return Optional.of(entry).filter(register -> !register.isForgotten()).map(Record::version);
    }

    /** The version of the record that an acceptor's entry has as a proposal. */
    static Optional<Version> ofProposal(Record entry) {
        return AcceptorState.of(entry).acceptedRecord().map(Record::version);
    }

    /** The newest version that it has of the key, in its register or as a proposal, or {@link Version#ZERO}. */
    Version newestOf(Key key) throws IOException {
        Version register =
                registers.to(key).flatMap(ComparedCheckpoint::ofRegister).orElse(Version.ZERO);
        Version proposal =
                acceptors.to(key).flatMap(ComparedCheckpoint::ofProposal).orElse(Version.ZERO);
        return Version.max(register, proposal);
    }

    /** Whether it may have forgotten a record of which it has nothing, and that one of this age still has. */
    boolean mayHaveForgotten(Key key, Version version, long age) {
        return ages.age() > age && !version.isAfter(Version.ofInstant(ages.floorOf(key)));
    }
}
