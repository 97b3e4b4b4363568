package io.quorate.node.lsm.statistics;

import io.quorate.common.statistics.StoreFigures;
import io.quorate.node.lsm.table.FilterStatistics;
import io.quorate.node.lsm.table.cache.CacheStatistics;

/**
 * The figures that every process of a cluster may see, and those that only this process shows, as metrics.
 *
 * @param stalledMs how long the log thread paused until a flush or a merge had ended, without a pause that lasts now
 * @param compaction the merges, and the tables by level
 */
public record StoreStatistics(
        StoreFigures figures,
        long stalledMs,
        DescriptorStatistics descriptors,
        CompactionStatistics compaction,
        CacheStatistics cache,
        FilterStatistics filters) {}
