package io.quorate.common.model;

/** The state of one register: what it holds, and since which version. */
public record Record(Version version, Content content) {
    /** What every register holds before its first write. */
    public static final Record NEVER_WRITTEN = new Record(Version.ZERO, Tombstone.TOMBSTONE);

    public boolean isTombstone() {
        return content == Tombstone.TOMBSTONE;
    }

    /** Whether the register reads as absent from some time up to {@code wallMs} on, as its value's life is over. */
    public boolean isExpiredAt(long wallMs) {
        return content instanceof Value value && value.isExpiredAt(wallMs);
    }

    /** What the register holds once its value's life is over. The same for everyone who finds that it is. */
    public Record expired() {
        return new Record(version.ofExpiry(), Tombstone.TOMBSTONE);
    }

    public boolean isNewerThan(Record other) {
        return version.isAfter(other.version);
    }

    /** The one of the two that wins: the merge of a register, commutative, associative and idempotent. */
    public static Record newest(Record a, Record b) {
        return b.isNewerThan(a) ? b : a;
    }
}
