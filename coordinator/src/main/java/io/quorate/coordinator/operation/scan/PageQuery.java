package io.quorate.coordinator.operation.scan;

import io.quorate.common.model.Direction;
import io.quorate.common.model.KeyRange;
import io.quorate.common.wire.ScanLimits;

/**
 * The range, the order and the size of one page of a scan.
 *
 * @param withValues whether to show values or only keys and versions
 * @param entriesMax most entries of the page, 1 to {@value #ENTRIES_MAX}. A page may have fewer, or none, and still not
 *     be the last
 */
public record PageQuery(KeyRange range, Direction direction, boolean withValues, int entriesMax) {
    public static final int ENTRIES_MAX = ScanLimits.VALUES_MAX;
}
