package io.quorate.node.lsm.table.cache;

/**
 * The counts of a block cache since its store was opened, and its contents now.
 *
 * @param hits blocks that were there when somebody asked
 * @param misses blocks that had to be read
 * @param evictions blocks that gave way to others
 * @param bytes about what it takes in memory
 */
public record CacheStatistics(long hits, long misses, long evictions, long bytes) {}
