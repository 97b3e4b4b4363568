package io.quorate.node.lsm.statistics;

/**
 * The store's need for file descriptors.
 *
 * @param timesMet how often it found none
 * @param lasts whether it waits for one now
 */
public record DescriptorStatistics(long timesMet, boolean lasts) {}
