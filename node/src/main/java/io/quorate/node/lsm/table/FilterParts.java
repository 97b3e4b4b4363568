package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.table.block.AscendingCursor;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockBuilder;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A filter in parts, each with a checksum of its own. So a node without memory for the whole filter may keep parts in
 * the cache of blocks. The hash of a key says which part has its line. So no index of the parts is needed. RocksDB
 * divides filters by ranges of keys instead.
 *
 * <pre>
 * filter := part* | shape
 * part   := a plain block with one entry. Its key is one zero byte, its content up to 64 lines of the filter
 * shape  := probes u32 | number of words u32 | where the first part begins u64
 * </pre>
 *
 * The parts follow each other, each with the trailer that {@link BlockFormat} draws.
 *
 * @param probes how many bits a key has
 * @param words how many the filter has
 * @param offset where the first part begins
 */
record FilterParts(int probes, int words, long offset) implements StoredFilter {
    /** 4 KiB of words, as much as a block of data has. */
    private static final int PART_LINES = 64;

    private static final int PART_WORDS = PART_LINES * BloomFilter.LINE_WORDS;
    private static final byte[] KEY = {0};

    /** So many take one read: 257 KiB. */
    private static final int PARTS_AT_ONCE = 64;

    /** Three lengths of one byte, the key, one restart and how many there are. */
    private static final int OVERHEAD_BYTES = 3 + 1 + 2 * Integer.BYTES;

    /** From here on, the length of the content takes a second byte. */
    private static final int LONG_CONTENT_BYTES = 1 << 7;

    /** The filter, its first part to be written at an offset of the file. */
    FilterParts(BloomFilter filter, long offset) {
        this(filter.probes(), filter.length(), offset);
    }

    int count() {
        return (words + PART_WORDS - 1) / PART_WORDS;
    }

    /** Appends a part without its trailer. */
    void writePart(int part, BloomFilter filter, BytesWriter out) {
        BytesWriter content = new BytesWriter(PART_WORDS * Long.BYTES);
        filter.writeWords(content, part * PART_WORDS, part * PART_WORDS + wordsOf(part));
        BlockBuilder block = new BlockBuilder(1);
        block.add(KEY, content);
        block.finish(out);
    }

    void writeShape(BytesWriter out) {
        out.writeInt(probes);
        out.writeInt(words);
        out.writeLong(offset);
    }

    /** @param at where the shape is, behind the last part */
    static FilterParts readShape(BytesReader shape, BlockHandle at) {
        FilterParts parts = new FilterParts(shape.readInt(), shape.readInt(), shape.readLong());
        shape.requireEnd();
        BloomFilter.requireSound(parts.probes, parts.words);
        if (parts.offset < FileHeader.BYTES || parts.end() != at.offset()) {
            throw new MalformedException("a filter with " + parts.words + " words from " + parts.offset
                    + " on, which does not end at its shape at " + at.offset());
        }
        return parts;
    }

    /** Where the last part ends. */
    private long end() {
        return endOf(count() - 1);
    }

    private long endOf(int part) {
        BlockHandle handle = handle(part);
        return handle.offset() + handle.bytes() + BlockFormat.TRAILER_BYTES;
    }

    /** Where a part is. */
    BlockHandle handle(int part) {
        int whole = partBytes(PART_WORDS) + BlockFormat.TRAILER_BYTES;
        return new BlockHandle(offset + (long) part * whole, partBytes(wordsOf(part)));
    }

    private int wordsOf(int part) {
        return Math.min(PART_WORDS, words - part * PART_WORDS);
    }

    private static int partBytes(int partWords) {
        int content = partWords * Long.BYTES;
        return OVERHEAD_BYTES + (content < LONG_CONTENT_BYTES ? 0 : 1) + content;
    }

    @Override
    public long memoryBytes() {
        return (long) words * Long.BYTES;
    }

    @Override
    public BloomFilter read(StoredBlocks blocks) throws IOException {
        long[] all = new long[words];
        for (int first = 0; first < count(); first += PARTS_AT_ONCE) {
            readParts(first, Math.min(count(), first + PARTS_AT_ONCE), blocks, all);
        }
        return new BloomFilter(probes, all);
    }

    private void readParts(int first, int end, StoredBlocks blocks, long[] all) throws IOException {
        long begin = handle(first).offset();
        StoredBlocks ahead = blocks.readAhead(begin, (int) (endOf(end - 1) - begin));
        for (int part = first; part < end; part++) {
            BlockHandle handle = handle(part);
            try {
                BloomFilter.readWords(wordsOf(part, ahead.readForNow(handle)), all, part * PART_WORDS);
            } catch (MalformedException e) {
                throw blocks.corrupt(handle.offset(), e.getMessage());
            }
        }
    }

    @Override
    public List<BlockHandle> parts() {
        return IntStream.range(0, count()).mapToObj(this::handle).toList();
    }

    @Override
    public Optional<BlockHandle> partOf(long hash) {
        return Optional.of(handle(partWith(hash)));
    }

    private int partWith(long hash) {
        return lineOf(hash) / PART_LINES;
    }

    private int lineOf(long hash) {
        return BloomFilter.lineOf(hash, words / BloomFilter.LINE_WORDS);
    }

    @Override
    public boolean mayContain(long hash, Block part) {
        BytesReader content = wordsOf(partWith(hash), part);
        content.skip(lineOf(hash) % PART_LINES * BloomFilter.LINE_WORDS * Long.BYTES);
        long[] line = new long[BloomFilter.LINE_WORDS];
        for (int i = 0; i < line.length; i++) {
            line[i] = content.readLong();
        }
        return new BloomFilter(probes, line).mayContain(hash);
    }

    private BytesReader wordsOf(int part, Block block) {
        AscendingCursor entry = new AscendingCursor(block);
        if (!entry.advance() || entry.content().remaining() != wordsOf(part) * Long.BYTES) {
            throw new MalformedException("not part " + part + " of a filter with " + words + " words");
        }
        return entry.content();
    }
}
