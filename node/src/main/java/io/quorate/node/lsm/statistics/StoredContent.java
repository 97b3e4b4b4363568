package io.quorate.node.lsm.statistics;

/**
 * About what a store holds. Older versions of a key count too, until a merge drops them.
 *
 * @param bytes the length of all keys and values, before compression
 */
public record StoredContent(long entries, long bytes) {}
