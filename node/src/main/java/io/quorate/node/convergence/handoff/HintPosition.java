package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import java.util.Optional;

/**
 * How far a pass over the hints of a target has come.
 *
 * @param seen the key of the last entry that was read, or empty at the beginning
 */
record HintPosition(Direction direction, Optional<Key> seen) {
    static HintPosition begin(Direction direction) {
        return new HintPosition(direction, Optional.empty());
    }

    HintPosition after(Key entry) {
        return new HintPosition(direction, Optional.of(entry));
    }

    /** The rest of a range. Upwards it still has the entry that was seen last. */
    KeyRange restOf(KeyRange range) {
        if (seen.isEmpty()) {
            return range;
        }
        return direction == Direction.ASCENDING ? new KeyRange(seen, range.end()) : new KeyRange(range.start(), seen);
    }
}
