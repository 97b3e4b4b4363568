package io.quorate.common.wire;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.statistics.FileFigures;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.statistics.StoreFigures;
import java.util.List;
import java.util.Optional;

/**
 * How a replica's store is.
 *
 * @param diskSpace what its disk has space for
 * @param files empty if its directory cannot be read now
 * @param hints the members that it keeps hints for
 */
public record StoreStatus(
        DiskSpace diskSpace, StoreFigures figures, Optional<FileFigures> files, List<HintFigures> hints) {
    public StoreStatus {
        hints = List.copyOf(hints);
    }
}
