package io.quorate.common.model;

/** The content of a register: a value, or a tombstone, which says that there is none. */
public sealed interface Content permits Value, Tombstone {}
