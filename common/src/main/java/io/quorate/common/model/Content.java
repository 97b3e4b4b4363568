package io.quorate.common.model;

/** What a register holds: a value, or the mark that there is none. */
public sealed interface Content permits Value, Tombstone {}
