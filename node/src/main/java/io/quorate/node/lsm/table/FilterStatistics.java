package io.quorate.node.lsm.table;

/**
 * The filters of the open tables.
 *
 * @param bytes what they take in memory
 * @param tablesWithout how many tables have none there, since there was no room for it
 */
public record FilterStatistics(long bytes, long tablesWithout) {}
