package io.quorate.common.model;

import java.util.Optional;

/**
 * The state of one register: its content, and the version of that content.
 *
 * @param request the conditional write that made it, or {@link RequestId#NONE} for a plain write
 * @param receipt of a request with an idempotency key
 */
public record Record(Version version, Content content, RequestId request, Optional<Receipt> receipt) {
    /** The state of every register before its first write. */
    public static final Record NEVER_WRITTEN = new Record(Version.ZERO, Tombstone.TOMBSTONE);

    /** A record of a write without an idempotency key. */
    public Record(Version version, Content content, RequestId request) {
        this(version, content, request, Optional.empty());
    }

    /** A plain write's record. */
    public Record(Version version, Content content) {
        this(version, content, RequestId.NONE);
    }

    /** Whether there is no value. It holds for a forgotten tombstone too, which is one for every reader. */
    public boolean isTombstone() {
        return content.isTombstone();
    }

    /** Whether it is a tombstone that a merge may drop, see {@link Forgotten}. */
    public boolean isForgotten() {
        return content instanceof Forgotten;
    }

    /**
     * What a store keeps instead of this one, to forget it. Its version says what it erases. So nothing else is left,
     * of the request neither.
     *
     * @param round the round of forgetting, or {@link Forgotten#NO_ROUND}
     */
    public Record forgotten(long round) {
        return new Record(version, new Forgotten(round));
    }

    /** As in {@link Value#expiresAtMs}, or {@link Value#NEVER_EXPIRES} if there is no value. */
    public long expiresAtMs() {
        return content instanceof Value value ? value.expiresAtMs() : Value.NEVER_EXPIRES;
    }

    /**
     * Until when the value and its expiry may be asked for, in milliseconds since 1970. A request with an idempotency
     * key is answered with the expiry again, as long as it is remembered.
     */
    public long neededUntilMs() {
        return receipt.map(each -> Math.max(each.rememberedUntilMs(), expiresAtMs()))
                .orElseGet(this::expiresAtMs);
    }

    /**
     * The record that replaces this one when its value has expired. A conditional write proposes it: "a tombstone, if
     * this value is still there". Every coordinator that finds the value expired proposes the same record.
     */
    public Record expired() {
        return new Record(version.nextStep(), Tombstone.TOMBSTONE);
    }

    /** This record with another content. */
    public Record withContent(Content other) {
        return new Record(version, other, request, receipt);
    }

    public boolean isNewerThan(Record other) {
        return version.isAfter(other.version);
    }

    /**
     * Whether this record wins against another one of its key. The higher version wins. One version is one content, so
     * a tie matters only if one was forgotten: then the forgotten one wins, and of two the later round.
     */
    public boolean replaces(Record other) {
        int order = version.compareTo(other.version);
        return order > 0 || order == 0 && Forgotten.roundOf(content) > Forgotten.roundOf(other.content);
    }

    /**
     * The one that {@link #replaces} the other. This is the merge of a register: commutative, associative and
     * idempotent.
     */
    public static Record newest(Record a, Record b) {
        return b.replaces(a) ? b : a;
    }
}
