package io.quorate.common.wire;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.statistics.StoreFigures;

/**
 * How a replica's store is.
 *
 * @param diskSpace what its disk has space for
 */
public record StoreStatus(DiskSpace diskSpace, StoreFigures figures) {}
