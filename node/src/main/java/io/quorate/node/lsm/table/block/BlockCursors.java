package io.quorate.node.lsm.table.block;

import io.quorate.common.model.Direction;

/**
 * Opens the cursor of a direction over a block. It is a class of its own, so that a block does not know its cursors.
 */
public final class BlockCursors {
    private BlockCursors() {}

    public static RawCursor over(Block block, Direction direction) {
        return switch (direction) {
            case ASCENDING -> new AscendingCursor(block);
            case DESCENDING -> new DescendingCursor(block);
        };
    }
}
