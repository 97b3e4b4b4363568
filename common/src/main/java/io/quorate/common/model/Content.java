package io.quorate.common.model;

/** The content of a register: a value, or a tombstone, which says that there is none. A tombstone may be forgotten. */
public sealed interface Content permits Value, Tombstone, Forgotten {
    /** Whether there is no value. */
    boolean isTombstone();
}
