package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import io.quorate.node.lsm.table.block.BlockCursors;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.BlockSource;
import io.quorate.node.lsm.table.block.RawCursor;
import java.io.IOException;

/** A cursor over the entries of all blocks that an index points to. */
final class LevelCursor implements RawCursor {
    private final RawCursor index;
    private final BlockSource blocks;
    private final Direction direction;
    private RawCursor entries;
    private long offset;

    /** @param index goes in the same direction */
    LevelCursor(RawCursor index, BlockSource blocks, Direction direction) {
        this.index = index;
        this.blocks = blocks;
        this.direction = direction;
    }

    private void enterBlock() throws IOException {
        BlockHandle handle = BlockHandle.read(index.content());
        offset = handle.offset();
        entries = BlockCursors.over(blocks.read(handle), direction);
    }

    /** Where the current block begins in the file. 0 before the first one. */
    long offset() {
        return offset;
    }

    @Override
    public boolean advance() throws IOException {
        while (entries == null || !entries.advance()) {
            if (!index.advance()) {
                return false;
            }
            enterBlock();
        }
        return true;
    }

    @Override
    public boolean seek(byte[] bound) throws IOException {
        if (!index.seekCovering(bound)) {
            return false;
        }
        enterBlock();
        return entries.seek(bound) || advance();
    }

    @Override
    public boolean seekCovering(byte[] bound) throws IOException {
        if (!index.seekCovering(bound)) {
            return false;
        }
        enterBlock();
        return entries.seekCovering(bound) || advance();
    }

    @Override
    public int compareKey(byte[] other) {
        return entries.compareKey(other);
    }

    @Override
    public Key key() {
        return entries.key();
    }

    @Override
    public BytesReader content() {
        return entries.content();
    }

    @Override
    public void show(EncodedEntry target) {
        entries.show(target);
    }
}
