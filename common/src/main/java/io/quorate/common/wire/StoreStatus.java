package io.quorate.common.wire;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.statistics.StoreFigures;
import java.util.List;

/**
 * How a replica's store is.
 *
 * @param diskSpace what its disk has space for
 * @param hints the members that it keeps hints for
 */
public record StoreStatus(DiskSpace diskSpace, StoreFigures figures, List<HintFigures> hints) {
    public StoreStatus {
        hints = List.copyOf(hints);
    }

    /** It keeps no hints. */
    public StoreStatus(DiskSpace diskSpace, StoreFigures figures) {
        this(diskSpace, figures, List.of());
    }
}
