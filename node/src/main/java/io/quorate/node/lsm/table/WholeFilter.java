package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A filter in one piece, as tables up to format 3 have it. Nothing is known of a key until all of it is read.
 *
 * <pre>
 * filter := probes u32 | number of words u32 | word u64*
 * </pre>
 */
record WholeFilter(BlockHandle handle) implements StoredFilter {
    @Override
    public long memoryBytes() {
        return handle.bytes();
    }

    @Override
    public BloomFilter read(StoredBlocks blocks) throws IOException {
        try {
            return parse(blocks.readPlain(handle));
        } catch (MalformedException e) {
            throw blocks.corrupt(handle.offset(), e.getMessage());
        }
    }

    static BloomFilter parse(BytesReader in) {
        int probes = in.readInt();
        int count = in.readInt();
        BloomFilter.requireSound(probes, count);
        if (in.remaining() != (long) count * Long.BYTES) {
            throw new MalformedException("a filter of " + count + " words in " + in.remaining() + " bytes");
        }
        long[] words = new long[count];
        BloomFilter.readWords(in, words, 0);
        return new BloomFilter(probes, words);
    }

    @Override
    public List<BlockHandle> parts() {
        return List.of();
    }

    @Override
    public Optional<BlockHandle> partOf(long hash) {
        return Optional.empty();
    }

    @Override
    public boolean mayContain(long hash, Block part) {
        throw new IllegalStateException("a filter without parts");
    }
}
