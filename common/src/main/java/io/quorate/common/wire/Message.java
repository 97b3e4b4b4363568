package io.quorate.common.wire;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.RangeDigest;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Coded;
import io.quorate.common.model.Direction;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** All messages between two processes of a cluster. Each request is declared beside its replies. */
public sealed interface Message {
    /** How many bytes of values, or of many keys, it has. So much memory it takes besides a few hundred bytes. */
    default long contentBytes() {
        return 0;
    }

    private static long contentBytes(Record record) {
        return record.content() instanceof Value value ? value.bytes().length : 0;
    }

    private static long contentBytes(Optional<Proposal> proposal) {
        return proposal.isPresent() ? contentBytes(proposal.get().record()) : 0;
    }

    private static long contentBytes(List<Hint> hints) {
        long bytes = 0;
        for (Hint hint : hints) {
            bytes += Missed.HINT_BYTES + hint.key().length();
        }
        return bytes;
    }

    /** A message that asks for something. The answer is the matching {@link Yes}, or a {@link No}. */
    sealed interface Request extends Message {
        /** The type of the reply that does, or shows, what is asked for. Instead of it a {@link No} may come. */
        Class<? extends Yes> yes();

        /** The replica raises its age to this one, durably, before it begins with the request. 0 asks for nothing. */
        default long demandedAge() {
            return 0;
        }
    }

    /**
     * A message that answers a {@link Request}. All that it shows was durable at its sender before the sender sent it.
     */
    sealed interface Reply extends Message permits Yes, No {
        Subject subject();

        /** Whether the replica did, or showed, what it was asked for. */
        boolean isYes();

        /** Whether the request had no effect at this replica and will have none. */
        boolean isWithoutEffect();

        /** Whether it belongs to a request whose {@link Request#yes} this is. */
        boolean answers(Class<? extends Yes> yes);

        /** The register that the reply shows. */
        Optional<RegisterReply> register();
    }

    /** What the request was about. So one knows what the time until the reply says. */
    enum Subject {
        /** One key. */
        KEY,
        /** A page of a scan. */
        PAGE,
        /** A range of keys, for anti-entropy, or the list of members. Its reply may wait for long. */
        RANGE,
        /** The process itself. */
        PROCESS
    }

    /** The replica did, or showed, what it was asked for. */
    sealed interface Yes extends Reply {
        @Override
        default boolean isYes() {
            return true;
        }

        @Override
        default boolean isWithoutEffect() {
            return false;
        }

        @Override
        default boolean answers(Class<? extends Yes> yes) {
            return yes == getClass();
        }

        @Override
        default Optional<RegisterReply> register() {
            return Optional.empty();
        }
    }

    /** A yes about one key. */
    sealed interface KeyReply extends Yes {
        @Override
        default Subject subject() {
            return Subject.KEY;
        }
    }

    /** A yes that shows a register, with or without its content. */
    sealed interface RegisterReply extends KeyReply {
        @Override
        default boolean answers(Class<? extends Yes> yes) {
            return yes == RegisterReply.class;
        }

        @Override
        default Optional<RegisterReply> register() {
            return Optional.of(this);
        }

        Version version();

        boolean tombstone();

        /** As in {@link Value#expiresAtMs}. */
        long expiresAtMs();

        /** An unfinished conditional write that the replica has accepted, if it is newer than the register. */
        Optional<Proposal> accepted();

        Horizon horizon();
    }

    /** A yes of anti-entropy. */
    sealed interface RangeReply extends Yes {
        @Override
        default Subject subject() {
            return Subject.RANGE;
        }
    }

    /** The reply does not count. */
    sealed interface No extends Reply {
        /** For people. */
        String explanation();

        @Override
        default boolean isYes() {
            return false;
        }

        @Override
        default boolean isWithoutEffect() {
            return false;
        }

        @Override
        default boolean answers(Class<? extends Yes> yes) {
            return true;
        }

        @Override
        default Optional<RegisterReply> register() {
            return Optional.empty();
        }

        /** A page that is refused takes as little time as one key. */
        @Override
        default Subject subject() {
            return Subject.KEY;
        }
    }

    /** The request had no effect at this replica and will have none. */
    sealed interface NoEffect extends No {
        @Override
        default boolean isWithoutEffect() {
            return true;
        }
    }

    /**
     * First message of a connection, from the side that dials.
     *
     * @param oldestProtocol that the sender speaks. The correlation of the frame is the newest: see
     *     {@link ProtocolRange}
     * @param cluster of the sender
     * @param sender the process that dials
     * @param incarnation of the sender. A node's grows at each start; a process without a disk draws a random one
     * @param disk of the sender. Empty for a process without a disk
     * @param receiver the node that the sender wants to reach. So a mixed-up address is found
     * @param members the replicas that the sender counts. If two processes count other replicas, each can have a
     *     majority of its own
     */
    record Hello(
            int oldestProtocol,
            ClusterId cluster,
            NodeId sender,
            long incarnation,
            Optional<DiskId> disk,
            NodeId receiver,
            MemberIds members)
            implements Message {
        /** From a process of this build. */
        public Hello(
                ClusterId cluster,
                NodeId sender,
                long incarnation,
                Optional<DiskId> disk,
                NodeId receiver,
                MemberIds members) {
            this(ProtocolRange.SPOKEN.oldest(), cluster, sender, incarnation, disk, receiver, members);
        }

        /** What the sender speaks. */
        public ProtocolRange protocols(long correlationOfItsFrame) {
            return ProtocolRange.of(oldestProtocol, correlationOfItsFrame);
        }
    }

    /**
     * The answer to an acceptable {@link Hello}.
     *
     * @param disk of the sender
     * @param agreed the disks of all members, if the sender has agreed on them: see {@link AgreeOnMembers}
     * @param protocol of all frames behind the handshake
     */
    record Welcome(NodeId sender, long incarnation, DiskId disk, Optional<MemberDisks> agreed, int protocol)
            implements Message {}

    /** The answer to any other {@link Hello}. Then the connection closes. */
    record HandshakeRefusal(RefusalCause cause, String detail) implements Message {
        public enum RefusalCause implements Coded {
            OTHER_CLUSTER(0),
            OTHER_NODE(1),
            OLD_INCARNATION(2),
            /** The lists of members differ. */
            OTHER_MEMBERS(3),
            /** The sender's name belongs to another disk. */
            OTHER_DISK(4),
            /** No honest process has such an incarnation. */
            IMPOSSIBLE_NUMBER(5),
            /** The two processes have no number of the protocol in common. */
            OTHER_PROTOCOL(6);

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
    record Ping() implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Pong.class;
        }
    }

    record Pong(long wallMs, VotingStatus votingStatus) implements Yes {
        @Override
        public Subject subject() {
            return Subject.PROCESS;
        }
    }

    /**
     * QUERY of the protocol: asks for a register's state, with its content or only with its version. A query may
     * prepare a write. A replica without disk space for that write rejects the query, so the write is refused before
     * any replica stores it.
     */
    record Query(Key key, boolean withContent, Purpose purpose, long demandedAge) implements Request {
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

        public Query(Key key, boolean withContent, Purpose purpose) {
            this(key, withContent, purpose, 0);
        }

        @Override
        public Class<? extends Yes> yes() {
            return RegisterReply.class;
        }
    }

    /** A register. */
    record RecordReply(Record record, Optional<Proposal> accepted, Horizon horizon) implements RegisterReply {
        public RecordReply(Record record) {
            this(record, Optional.empty());
        }

        public RecordReply(Record record, Optional<Proposal> accepted) {
            this(record, accepted, Horizon.NONE);
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(record) + Message.contentBytes(accepted);
        }

        @Override
        public Version version() {
            return record.version();
        }

        @Override
        public boolean tombstone() {
            return record.isTombstone();
        }

        @Override
        public long expiresAtMs() {
            return record.expiresAtMs();
        }
    }

    /** A register without its content. */
    record VersionReply(
            Version version, boolean tombstone, long expiresAtMs, Optional<Proposal> accepted, Horizon horizon)
            implements RegisterReply {
        public VersionReply(Version version, boolean tombstone, long expiresAtMs, Optional<Proposal> accepted) {
            this(version, tombstone, expiresAtMs, accepted, Horizon.NONE);
        }

        public static VersionReply of(Record record, Optional<Proposal> accepted) {
            return of(record, accepted, Horizon.NONE);
        }

        public static VersionReply of(Record record, Optional<Proposal> accepted, Horizon horizon) {
            return new VersionReply(record.version(), record.isTombstone(), record.expiresAtMs(), accepted, horizon);
        }

        public VersionReply withHorizon(Horizon told) {
            return new VersionReply(version, tombstone, expiresAtMs, accepted, told);
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(accepted);
        }
    }

    /**
     * STORE of the protocol: makes the register at least as new as this record.
     *
     * @param missed the members that the record is not sent to, as bits by their places in the order of names. A
     *     replica that stores the record keeps a {@link Hint} for each of them, durably together with it
     * @param evidenceAge of a repair: the lowest age among the replies from which the record was learned. Empty if its
     *     writer sends it
     */
    record StoreRequest(Key key, Record record, int missed, OptionalLong evidenceAge) implements Request {
        /** The second round of a plain write. The record is sent to all replicas. */
        public StoreRequest(Key key, Record record) {
            this(key, record, 0);
        }

        /** The second round of a plain write. */
        public StoreRequest(Key key, Record record, int missed) {
            this(key, record, missed, OptionalLong.empty());
        }

        /** Brings a record that replicas showed to one that lacks it. */
        public static StoreRequest repair(Key key, Record record, long evidenceAge) {
            return new StoreRequest(key, record, 0, OptionalLong.of(evidenceAge));
        }

        public StoreRequest withMissed(int members) {
            return new StoreRequest(key, record, members, evidenceAge);
        }

        public Hint hint() {
            return new Hint(key, record.version());
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(record);
        }

        @Override
        public Class<? extends Yes> yes() {
            return Stored.class;
        }
    }

    /** The register is now durably at the stored version or a newer one. */
    record Stored() implements KeyReply {}

    /**
     * PREPARE of the protocol: asks the replica to promise that it accepts no lower ballot from now on.
     *
     * @param request the request whose trace the reply shows, or {@link RequestId#NONE} for no trace
     */
    record Prepare(Key key, Ballot ballot, RequestId request, long demandedAge) implements Request {
        public Prepare(Key key, Ballot ballot) {
            this(key, ballot, RequestId.NONE);
        }

        public Prepare(Key key, Ballot ballot, RequestId request) {
            this(key, ballot, request, 0);
        }

        @Override
        public Class<? extends Yes> yes() {
            return Promise.class;
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
    record Promise(Record record, Optional<Proposal> accepted, Ballot voted, RequestTrace trace, Horizon horizon)
            implements KeyReply {
        public Promise(Record record, Optional<Proposal> accepted, Ballot voted, RequestTrace trace) {
            this(record, accepted, voted, trace, Horizon.NONE);
        }

        /** The newest register. If all show the key as absent, a tombstone at the highest floor that they tell (C2). */
        public static Record base(Collection<Promise> promises) {
            Record newest = Record.NEVER_WRITTEN;
            long floor = 0;
            for (Promise promise : promises) {
                newest = Record.newest(newest, promise.record);
                floor = Math.max(floor, promise.horizon.floor());
            }
            return newest.version().equals(Version.ZERO)
                    ? new Record(Version.ofInstant(floor), Tombstone.TOMBSTONE)
                    : newest;
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(record) + Message.contentBytes(accepted);
        }
    }

    /** ACCEPT of the protocol: asks to accept a proposal under its ballot. */
    record Accept(Key key, Proposal proposal) implements Request {
        @Override
        public long contentBytes() {
            return Message.contentBytes(proposal.record());
        }

        @Override
        public Class<? extends Yes> yes() {
            return Accepted.class;
        }
    }

    /** The proposal is durably accepted, or the register is newer already. Or the vote for the refusal is durable. */
    record Accepted() implements KeyReply {}

    /**
     * Asks for a vote, under a ballot, that a request is refused. As after an {@link Accept}, the replica then accepts
     * no proposal of a lower ballot. Its register is then at least as new as the record that refutes the condition.
     */
    record AcceptRefusal(Key key, Ballot ballot, RequestId request, RequestResult refusal, Record refuting)
            implements Request {
        @Override
        public long contentBytes() {
            return Message.contentBytes(refuting);
        }

        @Override
        public Class<? extends Yes> yes() {
            return Accepted.class;
        }
    }

    /** Asks what a replica remembers of a request. It changes nothing. */
    record RequestStatusQuery(Key key, RequestId request) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return RequestStatusReply.class;
        }
    }

    record RequestStatusReply(RequestTrace trace) implements KeyReply {}

    /**
     * The ballot of a {@link Prepare}, {@link Accept} or {@link AcceptRefusal} is too low. The request had no effect.
     */
    record Preempted(Ballot promised) implements NoEffect {
        @Override
        public String explanation() {
            return "preempted: it has promised a higher ballot, of another operation on this key";
        }
    }

    /**
     * The request had its effect, or may have had it, but the answer does not count. The replica has no vote, or does
     * not know.
     *
     * @param detail the reason, for people
     */
    record Abstained(String detail) implements No {
        @Override
        public String explanation() {
            return "kept, and does not count: " + detail;
        }
    }

    /**
     * SCAN: asks for the registers of a range, tombstones too, in the order of their keys. The replica stops after a
     * bounded amount of work.
     *
     * @param withValues whether to show values, or only that they are there
     * @param limits where the replica may stop
     */
    record Scan(KeyRange range, Direction direction, boolean withValues, ScanLimits limits, long demandedAge)
            implements Request {
        public Scan(KeyRange range, Direction direction, boolean withValues, ScanLimits limits) {
            this(range, direction, withValues, limits, 0);
        }

        @Override
        public Class<? extends Yes> yes() {
            return ScanReply.class;
        }
    }

    /**
     * The registers from the beginning of the range up to where the replica stopped. A key in between without an entry
     * was never written here.
     *
     * @param entries in the order of the scan
     * @param complete whether the replica looked through the whole range. Otherwise it stopped behind its last entry,
     *     and there is at least one
     * @param horizon its floor is the highest one of all slots
     */
    record ScanReply(List<ScanEntry> entries, boolean complete, Horizon horizon) implements Yes {
        public ScanReply(List<ScanEntry> entries, boolean complete) {
            this(entries, complete, Horizon.NONE);
        }

        @Override
        public long contentBytes() {
            long bytes = 0;
            for (ScanEntry entry : entries) {
                bytes += entry.record().isPresent()
                        ? Message.contentBytes(entry.record().get())
                        : 0;
            }
            return bytes;
        }

        @Override
        public Subject subject() {
            return Subject.PAGE;
        }
    }

    /**
     * Asks a replica to keep hints for another one, which was sent these writes and did not acknowledge them. The
     * receiver has acknowledged them.
     *
     * @param target the place of the other replica in the order of the members' names
     * @param hints 1 to {@value #HINTS_MAX}
     */
    record Missed(int target, List<Hint> hints) implements Request {
        public static final int HINTS_MAX = 256;

        /** About the memory of a hint besides the bytes of its key. */
        static final int HINT_BYTES = 128;

        public Missed {
            hints = List.copyOf(hints);
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(hints);
        }

        @Override
        public Class<? extends Yes> yes() {
            return Noted.class;
        }
    }

    /** The hints are durable. Or they are dropped since the replica has too many for that target, and it shows that. */
    record Noted() implements KeyReply {}

    /**
     * Asks a replica which of these writes it lacks. Their registers follow, each as a {@link StoreRequest}.
     *
     * @param hints 1 to {@value Missed#HINTS_MAX}
     */
    record Offer(List<Hint> hints) implements Request {
        public Offer {
            hints = List.copyOf(hints);
        }

        @Override
        public long contentBytes() {
            return Message.contentBytes(hints);
        }

        @Override
        public Class<? extends Yes> yes() {
            return Lacks.class;
        }
    }

    /**
     * The registers that are durably at the offered version or a newer one need not be sent.
     *
     * @param places of the others in the {@link Offer}, ascending
     */
    record Lacks(List<Integer> places) implements Yes {
        public Lacks {
            places = List.copyOf(places);
        }

        @Override
        public Subject subject() {
            return Subject.PAGE;
        }
    }

    /**
     * Asks for a digest of the registers of a range, for anti-entropy. The replica reads its tables past its cache and
     * checks each block, so a pass of digests over all keys is also a scrub of the tables.
     *
     * @param pass how far the pass is that asks. The replica remembers it, so that it can go on with the pass itself
     * @param limits where the replica may stop
     * @param hurried whether the replica reads as fast as it ever may, and not at its usual pace
     */
    record Digest(PassProgress pass, KeyRange range, WalkLimits limits, boolean hurried) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Digests.class;
        }
    }

    /**
     * @param end the key before which the replica stopped, or empty if it read the whole range
     * @param bytes about how many bytes of keys and values it read
     * @param hurries whether an operator asked the replica for a pass at once
     * @param deleted how many of the keys {@link ListDeleted} would show
     */
    record Digests(RangeDigest digest, Optional<Key> end, long bytes, boolean hurries, long deleted)
            implements RangeReply {
        public Digests(RangeDigest digest, Optional<Key> end, long bytes, boolean hurries) {
            this(digest, end, bytes, hurries, 0);
        }
    }

    /** Asks for the registers behind a digest, without their contents. */
    record ListRange(KeyRange range, SlotSet slots) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Listed.class;
        }
    }

    /** All entries of the slots in the range, in the order of their keys. */
    record Listed(List<ListedEntry> entries) implements RangeReply {}

    /**
     * Asks for registers with their contents.
     *
     * @param bytesMax of keys and values. The replica stops there, but never before its first record
     */
    record Fetch(List<Key> keys, int bytesMax) implements Request {
        public static final int KEYS_MAX = 1_024;

        @Override
        public Class<? extends Yes> yes() {
            return Fetched.class;
        }
    }

    /**
     * The registers of the first of those keys, in their order.
     *
     * @param age of the replica, read before the registers
     */
    record Fetched(List<HeldRecord> records, long age) implements RangeReply {
        @Override
        public long contentBytes() {
            return records.stream()
                    .mapToLong(each -> Message.contentBytes(each.record()))
                    .sum();
        }
    }

    /**
     * A pass is over.
     *
     * @param pass its {@code verified} are the slots of which all holders agreed on every key
     */
    record PassEnd(PassProgress pass) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return PassNoted.class;
        }
    }

    /**
     * The replica remembers the end of the pass.
     *
     * @param hurries as in {@link Digests}
     */
    record PassNoted(boolean hurries) implements RangeReply {}

    /**
     * Founding: asks a member to agree on the list of members, and on the disk of each. An agreement is durable, and is
     * never withdrawn.
     *
     * @param disks of all members
     */
    record AgreeOnMembers(MemberDisks disks) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return MembersAgreed.class;
        }
    }

    /**
     * The member has agreed on this list and these disks, durably.
     *
     * @param founded whether the member knows that all members have
     */
    record MembersAgreed(boolean founded) implements Yes {
        @Override
        public Subject subject() {
            return Subject.RANGE;
        }
    }

    /** The record is below the replica's fence, and its register does not stem from it. Sent to a writer. */
    record Fenced(long fence) implements NoEffect {
        @Override
        public String explanation() {
            return "fenced: the write is older than what the replica takes from a writer";
        }
    }

    /**
     * The key is absent, and the record of a repair is below the floor. It may have been deleted and forgotten since it
     * was learned.
     *
     * @param age of the replica. Evidence that is no older may be stored
     */
    record Outdated(long age) implements NoEffect {
        @Override
        public String explanation() {
            return "outdated: the key is absent, and may have been deleted since the record was read";
        }
    }

    /** Asks for the numbers of forgetting, and for the time of the replica's clock. */
    record ForgettingQuery() implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return ForgettingNumbers.class;
        }
    }

    /**
     * @param age how many rounds of forgetting the replica knows of
     * @param fence the instant up to which it takes no record from a writer
     * @param wallMs its wall clock
     */
    record ForgettingNumbers(long age, long fence, long wallMs) implements RangeReply {}

    /**
     * Asks a replica to raise its fence, and its age.
     *
     * @param fence an instant. From then on the replica takes no record of a writer at or below it
     */
    record RaiseFence(long fence, long age) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Raised.class;
        }
    }

    /**
     * All replicas had this fence, and then agreed on every key of these slots.
     *
     * @param floor that fence
     */
    record RaiseFloor(long floor, SlotSet slots) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Raised.class;
        }
    }

    /** The numbers are durable. */
    record Raised() implements RangeReply {}

    /** Asks which keys of a range could be forgotten: tombstones below the floor, and acceptors without a register. */
    record ListDeleted(KeyRange range, SlotSet slots) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Deleted.class;
        }
    }

    /** @param entries in the order of their keys, at most {@value #ENTRIES_MAX} */
    record Deleted(List<DeletedKey> entries) implements RangeReply {
        public static final int ENTRIES_MAX = 1_000;
    }

    /**
     * First half of a round of forgetting: asks what a replica holds of some keys. It is sent twice. The first time it
     * only asks which ballots were promised. The second time nothing at or below those is accepted any more.
     *
     * @param promised the replica first raises its floor of ballots to this, or {@link Ballot#ZERO} to raise nothing
     */
    record Confirm(List<Key> keys, Ballot promised) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return Confirmed.class;
        }
    }

    /**
     * What the replica holds. It reads the register of each key, then the acceptor, and the two numbers last.
     *
     * @param states in the order of the keys
     * @param promised the highest ballot that it promised for one of the keys, or its floor of ballots
     */
    record Confirmed(List<DeletionState> states, Ballot promised, long age) implements RangeReply {}

    /**
     * Second half of a round of forgetting: all replicas hold the same of each of these keys.
     *
     * @param round its number: above the age that any replica had when it confirmed
     * @param promised the ballot to which all replicas had raised their floor of ballots before they confirmed. An
     *     acceptor that promised a later one stays
     */
    record Forget(long round, Ballot promised, List<DeletedKey> keys) implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return ForgettingDone.class;
        }
    }

    /** @param keys how many of them are forgotten */
    record ForgettingDone(int keys) implements RangeReply {}

    /** Asks a replica about itself. */
    record Inspect() implements Request {
        @Override
        public Class<? extends Yes> yes() {
            return ReplicaStatus.class;
        }
    }

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
            implements Yes {
        @Override
        public Subject subject() {
            return Subject.PROCESS;
        }
    }

    record Rejected(RejectionCause cause, String detail) implements NoEffect {
        @Override
        public String explanation() {
            return "rejected: " + detail;
        }

        public enum RejectionCause implements Coded {
            /** The store refused: it is closing, or has failed, or the value is too long. */
            REFUSED(0),
            /** Too much waits already. Before number {@value #MEMORY_SINCE} also: too much memory is in use. */
            OVERLOADED(1),
            /** The disk is full. */
            DISK_FULL(2),
            /** The disk failed, or its data is damaged. The replica cannot show what it stored. */
            UNREADABLE(3),
            /** The replica was emptied, and does not have all records yet. */
            FILLING(4),
            /** No honest process sends a number of the request: see {@code Plausibility}. */
            IMPOSSIBLE_NUMBER(5),
            /** The sender's patience ended while the request waited: see {@link Frame}. */
            EXPIRED(6),
            /** Requests hold as much memory as they may. So a value or a message was dropped. */
            NO_MEMORY(7),
            /** The process never has memory for it, whatever else it does. */
            TOO_LARGE(8);

            /** The first number of the protocol that tells a lack of memory apart from load. */
            private static final int MEMORY_SINCE = 9;

            private final int code;

            RejectionCause(int code) {
                this.code = code;
            }

            /** What a process is told that speaks this number of the protocol. */
            RejectionCause in(int protocol) {
                return switch (this) {
                    case NO_MEMORY, TOO_LARGE -> protocol < MEMORY_SINCE ? OVERLOADED : this;
                    case REFUSED, OVERLOADED, DISK_FULL, UNREADABLE, FILLING, IMPOSSIBLE_NUMBER, EXPIRED -> this;
                };
            }

            @Override
            public int code() {
                return code;
            }
        }
    }
}
