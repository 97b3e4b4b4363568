package io.quorate.coordinator.operation.scan;

import io.quorate.common.model.Direction;
import io.quorate.common.model.KeyRange;
import io.quorate.common.wire.ScanLimits;

/**
 * What a page of a scan is to show.
 *
 * @param withValues whether to show values or only keys and versions
 * @param entriesMax most entries of the page, 1 to {@value #ENTRIES_MAX}; it may have fewer, also none, and still not
 *     be the last
 */
public record PageQuery(KeyRange range, Direction direction, boolean withValues, int entriesMax) {
    public static final int ENTRIES_MAX = ScanLimits.VALUES_MAX;
}
