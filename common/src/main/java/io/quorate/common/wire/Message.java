package io.quorate.common.wire;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Coded;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import java.util.List;
import java.util.Optional;

/** All messages between two processes of a cluster. Each request is declared beside its replies. */
public sealed interface Message {

    /** A message that asks for something. The answer is the matching {@link Reply}, or {@link Rejected}. */
    sealed interface Request extends Message {}

    /**
     * A message that answers a {@link Request}. All that it shows was durable at its sender before the sender sent it.
     */
    sealed interface Reply extends Message {}

    /**
     * First message of a connection, from the side that dials.
     *
     * @param cluster of the sender
     * @param sender the process that dials
     * @param incarnation of the sender. A node's grows at each start; a process without a disk draws a random one
     * @param receiver the node that the sender wants to reach. So a mixed-up address is found
     * @param members the replicas that the sender counts. If two processes count other replicas, each can have a
     *     majority of its own
     */
    record Hello(ClusterId cluster, NodeId sender, long incarnation, NodeId receiver, MemberIds members)
            implements Message {}

    /** The answer to an acceptable {@link Hello}. */
    record Welcome(NodeId sender, long incarnation) implements Message {}

    /** The answer to any other {@link Hello}. Then the connection closes. */
    record HandshakeRefusal(RefusalCause cause, String detail) implements Message {
        public enum RefusalCause implements Coded {
            OTHER_CLUSTER(0),
            OTHER_NODE(1),
            OLD_INCARNATION(2),
            /** The lists of members differ. */
            OTHER_MEMBERS(3);

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

    /** Asks whether the peer is there, and for the time of its clock. */
    record Ping() implements Request {}

    record Pong(long wallMs, VotingStatus votingStatus) implements Reply {}

    /**
     * QUERY of the protocol: asks for a register's state, with its content or only with its version. A query may
     * prepare a write. A replica without disk space for that write rejects the query, so the write is refused before
     * any replica stores it.
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
     * @param accepted an unfinished conditional write that the replica has accepted, if it is newer than the register
     */
    record RecordReply(Record record, Optional<Proposal> accepted) implements Reply {
        public RecordReply(Record record) {
            this(record, Optional.empty());
        }
    }

    /**
     * A register without its content.
     *
     * @param expiresAtMs when the value expires, as in {@link Value#expiresAtMs}
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
     * PREPARE of the protocol: asks the replica to promise that it accepts no lower ballot from now on.
     *
     * @param request the request whose trace the reply shows, or {@link RequestId#NONE} for no trace
     */
    record Prepare(Key key, Ballot ballot, RequestId request) implements Request {
        public Prepare(Key key, Ballot ballot) {
            this(key, ballot, RequestId.NONE);
        }
    }

    /**
     * The promise, which is durable, and what the replica holds.
     *
     * @param accepted a conditional write that it has accepted under {@code voted}, if it is newer than the register
     * @param voted the last ballot under which the replica acknowledged anything. A record that others accepted under a
     *     lower ballot was not chosen, unless the register is newer than that record
     * @param trace what the replica remembers of the request that PREPARE named
     */
    record Promise(Record record, Optional<Proposal> accepted, Ballot voted, RequestTrace trace) implements Reply {}

    /** ACCEPT of the protocol: asks to accept a proposal under its ballot. */
    record Accept(Key key, Proposal proposal) implements Request {}

    /** The proposal is durably accepted, or the register is newer already. Or the vote for the refusal is durable. */
    record Accepted() implements Reply {}

    /**
     * Asks for a vote, under a ballot, that a request is refused. As after an {@link Accept}, the replica then accepts
     * no proposal of a lower ballot. Its register is then at least as new as the record that refutes the condition.
     */
    record AcceptRefusal(Key key, Ballot ballot, RequestId request, RequestResult refusal, Record refuting)
            implements Request {}

    /** Asks what a replica remembers of a request. It changes nothing. */
    record RequestStatusQuery(Key key, RequestId request) implements Request {}

    record RequestStatusReply(RequestTrace trace) implements Reply {}

    /**
     * The ballot of a {@link Prepare}, {@link Accept} or {@link AcceptRefusal} is too low. The request had no effect.
     */
    record Preempted(Ballot promised) implements Reply {}

    /**
     * The request had its effect, or may have had it, but the answer does not count. The replica has no vote, or does
     * not know.
     *
     * @param detail the reason, for people
     */
    record Abstained(String detail) implements Reply {}

    /**
     * SCAN: asks for the registers of a range, tombstones too, in the order of their keys. The replica stops after a
     * bounded amount of work.
     *
     * @param withValues whether to show values, or only that they are there
     * @param limits where the replica may stop
     */
    record Scan(KeyRange range, Direction direction, boolean withValues, ScanLimits limits) implements Request {}

    /**
     * The registers from the beginning of the range up to where the replica stopped. A key in between without an entry
     * was never written here.
     *
     * @param entries in the order of the scan
     * @param complete whether the replica looked through the whole range. Otherwise it stopped behind its last entry,
     *     and there is at least one
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
     * @param residentBytes memory of the process by the operating system, or 0 if unknown
     * @param wallMs its wall clock
     * @param timestampsTooFarAhead how many timestamps its clock did not follow since they were too far in the future
     * @param whyNoVote why its answers do not count, and what to do about it, or empty if they count
     * @param store empty if the store is too damaged to be opened
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
            /** The store refused: it is closing, or has failed, or the value is too long. */
            REFUSED(0),
            /** Too much waits already. */
            OVERLOADED(1),
            /** The disk is full. */
            DISK_FULL(2),
            /** The disk failed, or its data is damaged. The replica cannot show what it stored. */
            UNREADABLE(3),
            /** The replica was emptied, and does not have all records yet. */
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
