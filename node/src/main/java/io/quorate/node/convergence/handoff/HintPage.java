package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.wire.Message.Missed;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.format.Keyspace;
import io.quorate.node.lsm.view.RecordIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some hints for one target.
 *
 * @param hints in ascending order of their keys, in whichever direction the pages go
 * @param next where the next page begins
 * @param isLast whether no entry is left behind this page
 */
record HintPage(List<Hint> hints, HintPosition next, boolean isLast) {
    /** Bounds the work in a range full of erased hints. */
    private static final int VISITS_MAX = 4_096;

    private static final int KEY_BYTES_MAX = 128 << 10;

    static HintPage read(Store store, int target, HintPosition position) {
        List<Hint> hints = new ArrayList<>();
        HintPosition reached = position;
        int visits = 0;
        int keyBytes = 0;
        try (RecordIterator entries =
                store.scan(Keyspace.HINTS, position.restOf(HintEntries.of(target)), position.direction())) {
            while (entries.advance()) {
                Key entry = entries.key();
                if (position.seen().filter(entry::equals).isPresent()) {
                    continue;
                }
                visits++;
                keyBytes += entry.length();
                reached = position.after(entry);
                HintEntries.read(entry, entries.record()).ifPresent(hints::add);
                if (hints.size() == Missed.HINTS_MAX || visits == VISITS_MAX || keyBytes > KEY_BYTES_MAX) {
                    return page(hints, reached, false);
                }
            }
        }
        return page(hints, reached, true);
    }

    /** @param hints in the direction of the pages */
    private static HintPage page(List<Hint> hints, HintPosition next, boolean isLast) {
        if (next.direction() == Direction.DESCENDING) {
            Collections.reverse(hints);
        }
        return new HintPage(hints, next, isLast);
    }
}
