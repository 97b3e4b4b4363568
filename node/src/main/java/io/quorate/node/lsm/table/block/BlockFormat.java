package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.failure.CorruptException;

/**
 * A block: a run of sorted entries, in the manner of LevelDB. An entry leaves out the bytes that its key shares with
 * the key before it. At a restart the key is whole, so a search can begin there.
 *
 * <pre>
 * block   := entry* | restart u32* | number of restarts u32
 * entry   := shared varint | rest varint | content varint | rest of the key | content
 * stored  := body | trailer
 * body    := block                                      type 0: plain
 *          | bytes of the block u32 | the block in LZ4's block format         type 1
 *          | bytes of the block u32 | the block as a frame of Zstandard       type 2
 *
 *  0      1        5
 * +------+--------+
 * | type | crc32c |      the trailer
 * | u8   | u32    |      the checksum is over body and type, seeded with the file number and the body's offset
 * +------+--------+
 * </pre>
 *
 * In a data block the content is a record (see RecordCodec). In the index it is the handle of a block. The key is at or
 * above all keys in that block, and below all keys in the next. It need not be a key of the table.
 */
public final class BlockFormat {
    public static final int TRAILER_BYTES = 5;
    public static final int TYPE_PLAIN = 0;
    static final int TYPE_LZ4 = 1;
    static final int TYPE_ZSTD = 2;

    /** Greatest length at which a block that takes further entries may be closed. */
    public static final int CLOSED_AT_BYTES_MAX = 1 << 20;

    /**
     * No block is longer, even if its length field says so. The last entry of a block may begin just before the block
     * had to be closed.
     */
    static final int BYTES_MAX = 2 * CLOSED_AT_BYTES_MAX
            + Key.STORED_BYTES_MAX
            + RecordCodec.VALUE_BYTES_MAX
            + RecordCodec.OVERHEAD_BYTES_MAX;

    private BlockFormat() {}

    /** Adds the trailer to a body, the writer's bytes from {@code start} on. */
    public static void writeTrailer(BytesWriter out, int start, int type, long fileNumber, long offset) {
        out.writeByte(type);
        out.writeInt(Checksum.crc32c(fileNumber, offset, out.array(), start, out.length() - start));
    }

    /**
     * Checks a body that was read with its trailer.
     *
     * @param storedBytes how long the two are
     */
    public static void requireValid(byte[] stored, int storedBytes, String path, long fileNumber, long offset) {
        int typeAt = storedBytes - TRAILER_BYTES;
        int expected = new BytesReader(stored, typeAt + 1, 4).readInt();
        if (Checksum.crc32c(fileNumber, offset, stored, 0, typeAt + 1) != expected) {
            throw new CorruptException(path, offset, "the checksum of a block of " + typeAt + " bytes is wrong");
        }
    }

    public static int typeOf(byte[] stored, int storedBytes) {
        return stored[storedBytes - TRAILER_BYTES];
    }
}
