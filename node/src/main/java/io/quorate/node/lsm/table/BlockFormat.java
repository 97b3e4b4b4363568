package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.Checksum;
import io.quorate.node.lsm.failure.CorruptException;

/**
 * A block: a run of sorted entries, in the manner of LevelDB. An entry leaves out what its key shares with the key
 * before it; at a restart nothing is left out, so that a search can begin there.
 *
 * <pre>
 * block   := entry* | restart u32* | number of restarts u32
 * entry   := shared varint | rest varint | content varint | rest of the key | content
 * stored  := block | trailer
 *
 *  0      1        5
 * +------+--------+
 * | type | crc32c |      the trailer; type 0: stored as it is
 * | u8   | u32    |      the checksum is over block and type, seeded with the file number and the block's offset
 * +------+--------+
 * </pre>
 *
 * In a data block the content is a record (see RecordCodec); in the index it is the handle of the data block whose last
 * key the entry's key is.
 */
final class BlockFormat {
    static final int TRAILER_BYTES = 5;
    static final int TYPE_PLAIN = 0;

    private BlockFormat() {}

    /** Checks a block that was read with its trailer. */
    static void requireValid(byte[] stored, String path, long fileNumber, long offset) {
        int typeAt = stored.length - TRAILER_BYTES;
        int expected = new BytesReader(stored, typeAt + 1, 4).readInt();
        if (Checksum.crc32c(fileNumber, offset, stored, 0, typeAt + 1) != expected) {
            throw new CorruptException(path, offset, "the checksum of a block of " + typeAt + " bytes is wrong");
        }
        if (stored[typeAt] != TYPE_PLAIN) {
            throw new CorruptException(path, offset + typeAt, "a block of unknown type " + stored[typeAt]);
        }
    }
}
