package io.quorate.common.model;

/**
 * Which conditional write made a record: 128 bits. Two of them may propose the same version, as both built on the same
 * base; of these at most one is chosen, and this tells which. That of a write with an idempotency key is derived from it, so
 * that all its attempts have the same.
 */
public record RequestId(long high, long low) {
    /** That of a plain write: its version is its own. */
    public static final RequestId NONE = new RequestId(0, 0);
}
