package io.quorate.node.lsm.table.cache;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.model.Direction;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockBuilder;
import io.quorate.node.lsm.table.block.BlockCursors;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.RawCursor;
import java.io.IOException;
import java.util.Arrays;

/** Blocks that say which they are, under a checksum. Each number has a place of its own and a length. */
final class NumberedBlocks {
    private static final int TABLES = 3;
    private static final byte[] KEY = {1};

    private NumberedBlocks() {}

    static long table(int number) {
        return 1 + number % TABLES;
    }

    static BlockHandle handle(int number) {
        return new BlockHandle(number / TABLES * 5_000L, bytes(number));
    }

    private static int bytes(int number) {
        return 100 + number * 37 % 900;
    }

    static Block block(int number) {
        BytesWriter content = new BytesWriter(1_024);
        content.writeInt(0);
        content.writeInt(number);
        byte[] padding = new byte[bytes(number)];
        Arrays.fill(padding, (byte) number);
        content.writeBytes(padding);
        content.putIntAt(0, Checksum.crc32c(content.array(), 4, content.length() - 4));
        BlockBuilder builder = new BlockBuilder(16);
        builder.add(KEY, content);
        BytesWriter out = new BytesWriter(1_024);
        builder.finish(out);
        return new Block(out.toByteArray(), out.length());
    }

    static void requireIs(Block block, int number) {
        BytesReader content = content(block);
        int sum = content.readInt();
        byte[] rest = content.readBytes(content.remaining());
        if (Checksum.crc32c(rest, 0, rest.length) != sum) {
            throw new AssertionError("a block with a wrong checksum in the place of block " + number);
        }
        int found = new BytesReader(rest).readInt();
        if (found != number) {
            throw new AssertionError("block " + found + " in the place of block " + number);
        }
    }

    private static BytesReader content(Block block) {
        try {
            RawCursor cursor = BlockCursors.over(block, Direction.ASCENDING);
            if (!cursor.advance()) {
                throw new AssertionError("an empty block");
            }
            return cursor.content();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the blocks that a reader finds, of the first {@code count}, take of the cache's bytes. */
    static long bytesFound(BlockCache cache, int count) {
        long bytes = 0;
        for (int number = 0; number < count; number++) {
            int own = number;
            bytes += cache.get(table(number), handle(number))
                    .map(block -> {
                        requireIs(block, own);
                        return new CachedBlock(1, 1, 1, block).bytes();
                    })
                    .orElse(0);
        }
        return bytes;
    }
}
