package io.quorate.common.model;

/**
 * Names the conditional write that made a record, in 128 bits. Two conditional writes may propose the same version, if
 * both started from the same record. At most one of them is chosen, and this id identifies it. A write with an
 * idempotency key derives its id from the key, so that all its attempts have the same.
 */
public record RequestId(long high, long low) {
    /** The id of all plain writes. They need none, since no two of them have the same version. */
    public static final RequestId NONE = new RequestId(0, 0);
}
