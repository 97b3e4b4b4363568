package io.quorate.common.model;

import java.util.Optional;

/**
 * The state of one register: what it holds, and since which version.
 *
 * @param request which conditional write made it; {@link RequestId#NONE} for a plain write
 * @param receipt if that has an idempotency key
 */
public record Record(Version version, Content content, RequestId request, Optional<Receipt> receipt) {
    /** What every register holds before its first write. */
    public static final Record NEVER_WRITTEN = new Record(Version.ZERO, Tombstone.TOMBSTONE);

    /** A record of a write without an idempotency key. */
    public Record(Version version, Content content, RequestId request) {
        this(version, content, request, Optional.empty());
    }

    /** A plain write's record. */
    public Record(Version version, Content content) {
        this(version, content, RequestId.NONE);
    }

    public boolean isTombstone() {
        return content == Tombstone.TOMBSTONE;
    }

    /** Whether the register reads as absent from some time up to {@code wallMs} on, as its value's life is over. */
    public boolean isExpiredAt(long wallMs) {
        return content instanceof Value value && value.isExpiredAt(wallMs);
    }

    /**
     * What takes the register's place once its value's life is over: what a conditional write "if it is still there, a
     * tombstone" proposes. The same for everyone who finds that it is.
     */
    public Record expired() {
        return new Record(version.nextStep(), Tombstone.TOMBSTONE);
    }

    /** The same record with less to it. */
    public Record withContent(Content other) {
        return new Record(version, other, request, receipt);
    }

    public boolean isNewerThan(Record other) {
        return version.isAfter(other.version);
    }

    /** The one of the two that wins: the merge of a register, commutative, associative and idempotent. */
    public static Record newest(Record a, Record b) {
        return b.isNewerThan(a) ? b : a;
    }
}
