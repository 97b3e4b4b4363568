package io.quorate.common.wire;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Coded;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.RequestResult;
import io.quorate.common.model.RequestTrace;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import java.util.List;
import java.util.Optional;

/** Everything that two processes of a cluster can say to each other. Requests and their replies stand together. */
public sealed interface Message {

    /** A message that asks for something; its reply is the matching {@link Reply} or {@link Rejected}. */
    sealed interface Request extends Message {}

    /** A message that answers a {@link Request}; everything it shows was durable at its sender before it was sent. */
    sealed interface Reply extends Message {}

    /**
     * First message of a connection, from the side that dialled.
     *
     * @param cluster the cluster that the sender belongs to
     * @param sender who dials
     * @param incarnation which life of the sender this is: larger at each start of a node; random for a process
     *     without a disk
     * @param receiver whom the sender wants to reach, so that a mixed-up address is noticed
     */
    record Hello(ClusterId cluster, NodeId sender, long incarnation, NodeId receiver) implements Message {}

    /** The answer to an acceptable {@link Hello}. */
    record Welcome(NodeId sender, long incarnation) implements Message {}

    /** The answer to any other {@link Hello}; the connection closes behind it. */
    record HandshakeRefusal(RefusalCause cause, String detail) implements Message {
        public enum RefusalCause implements Coded {
            OTHER_CLUSTER(0),
            OTHER_NODE(1),
            OLD_INCARNATION(2);

            private final int code;

            RefusalCause(int code) {
                this.code = code;
            }

            @Override
            public int code() {
                return code;
            }
        }
    }

    /** Asks whether the peer is there, and for its clock. */
    record Ping() implements Request {}

    record Pong(long wallMs, VotingStatus votingStatus) implements Reply {}

    /**
     * QUERY of the protocol: asks for a register's state, with its content or only with its version. A replica that has
     * no room for what the query prepares rejects it, so that a write is refused before it is stored anywhere.
     */
    record Query(Key key, boolean withContent, Purpose purpose) implements Request {
        public enum Purpose implements Coded {
            READ(0),
            /** A STORE of a value follows. */
            PUT(1),
            /** A STORE of a tombstone follows. */
            DELETE(2);

            private final int code;

            Purpose(int code) {
                this.code = code;
            }

            @Override
            public int code() {
                return code;
            }
        }

        public Query(Key key, boolean withContent) {
            this(key, withContent, Purpose.READ);
        }
    }

    /**
     * A register.
     *
     * @param accepted a conditional write on its way that the replica has accepted, if it is newer than the register
     */
    record RecordReply(Record record, Optional<Proposal> accepted) implements Reply {
        public RecordReply(Record record) {
            this(record, Optional.empty());
        }
    }

    /**
     * A register without its content.
     *
     * @param expiresAtMs when the value's life ends, as in {@link Value#expiresAtMs}
     * @param accepted as in {@link RecordReply}
     */
    record VersionReply(Version version, boolean tombstone, long expiresAtMs, Optional<Proposal> accepted)
            implements Reply {
        public static VersionReply of(Record record, Optional<Proposal> accepted) {
            long expiresAtMs = record.content() instanceof Value value ? value.expiresAtMs() : Value.NEVER_EXPIRES;
            return new VersionReply(record.version(), record.isTombstone(), expiresAtMs, accepted);
        }
    }

    /** STORE of the protocol: makes the register at least as new as this record. */
    record StoreRequest(Key key, Record record) implements Request {}

    /** The register is now durably at the stored version or a newer one. */
    record Stored() implements Reply {}

    /**
     * PREPARE of the protocol: asks for the promise to accept nothing below this ballot any more.
     *
     * @param request of which request to show the trace; {@link RequestId#NONE} of none
     */
    record Prepare(Key key, Ballot ballot, RequestId request) implements Request {
        public Prepare(Key key, Ballot ballot) {
            this(key, ballot, RequestId.NONE);
        }
    }

    /**
     * The promise, durably given, and what the replica holds.
     *
     * @param accepted a conditional write that it has accepted under {@code voted}, if it is newer than the register
     * @param voted the last ballot under which it acknowledged anything: what others accepted below it was not chosen,
     *     unless the register is past that
     * @param trace what it remembers of the request that was named
     */
    record Promise(Record record, Optional<Proposal> accepted, Ballot voted, RequestTrace trace) implements Reply {}

    /** ACCEPT of the protocol: asks to accept a proposal under its ballot. */
    record Accept(Key key, Proposal proposal) implements Request {}

    /** The proposal is durably accepted, or the register is past it already; or the refusal is durably concluded. */
    record Accepted() implements Reply {}

    /**
     * Asks to acknowledge, under a ballot, that a request is refused: no proposal of a lower ballot is accepted here any
     * more, as after an {@link Accept}, and the register is at least as new as the record that refutes the condition.
     */
    record AcceptRefusal(Key key, Ballot ballot, RequestId request, RequestResult refusal, Record refuting)
            implements Request {}

    /** Asks what a replica remembers of a request, without any effect. */
    record RequestStatusQuery(Key key, RequestId request) implements Request {}

    record RequestStatusReply(RequestTrace trace) implements Reply {}

    /** The answer to a {@link Prepare}, {@link Accept} or {@link AcceptRefusal} whose ballot is too low: it had no effect. */
    record Preempted(Ballot promised) implements Reply {}

    /**
     * The request had its effect, or may have had it, but counts for nothing: the replica has no vote, or does not know.
     *
     * @param detail why, for people
     */
    record Abstained(String detail) implements Reply {}
    /**
     * SCAN: asks for the registers of a range, tombstones too, in the order of their keys, for as far as a bounded amount of
     * work goes.
     *
     * @param withValues whether to show values or only that they are there
     * @param limits where the replica may stop
     */
    record Scan(KeyRange range, Direction direction, boolean withValues, ScanLimits limits) implements Request {}

    /**
     * The registers from the beginning of the range up to where the replica stopped looking. A key in between that is not
     * shown was never written here.
     *
     * @param entries in the order of the scan
     * @param complete whether the replica looked through the whole range; otherwise it stopped behind its last entry, and
     *     there is one
     */
    record ScanReply(List<ScanEntry> entries, boolean complete) implements Reply {}

    /** Asks a replica about itself. */
    record Inspect() implements Request {}

    /**
     * How a replica is.
     *
     * @param pid process id on its machine
     * @param uptimeMs since the process started
     * @param cpuMs CPU time that the process used so far, in all threads
     * @param residentBytes memory that the operating system counts for the process; 0 if it does not tell
     * @param wallMs its wall clock
     * @param timestampsTooFarAhead how many timestamps its clock did not follow since they were too far in the future
     * @param whyNoVote why its answers do not count, and what to do about it; empty if they do
     * @param store its store; empty if that is too damaged to be opened
     */
    record ReplicaStatus(
            long pid,
            long uptimeMs,
            long cpuMs,
            long residentBytes,
            long wallMs,
            long timestampsTooFarAhead,
            String whyNoVote,
            Optional<StoreStatus> store)
            implements Reply {}

    /** The request had no effect at this replica and will have none. */
    record Rejected(RejectionCause cause, String detail) implements Reply {
        public enum RejectionCause implements Coded {
            /** The store does not take it: it is closing or has failed, or takes nothing that long. */
            REFUSED(0),
            /** Too much waits already. */
            OVERLOADED(1),
            /** The disk is full. */
            DISK_FULL(2),
            /** The disk failed, or what it holds is damaged: this replica cannot tell what it once knew. */
            UNREADABLE(3),
            /** The replica was emptied, and does not know yet what it once knew. */
            FILLING(4);

            private final int code;

            RejectionCause(int code) {
                this.code = code;
            }

            @Override
            public int code() {
                return code;
            }
        }
    }
}
