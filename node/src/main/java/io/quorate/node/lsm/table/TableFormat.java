package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.table.block.BlockHandle;
import java.io.IOException;

/**
 * A table's file.
 *
 * <pre>
 * table  := file header | (data block | part of the index)* | filter | index | properties | footer
 *           each block with the trailer that BlockFormat draws; the filter and the properties too, and they are plain
 * filter := as FilterParts draws it, and its handle is that of the shape; up to format 3 as WholeFilter draws it
 *
 *  0                12               24              36       40       44       48
 * +----------------+----------------+---------------+--------+--------+--------+
 * | index handle   | filter handle  | properties    | levels | crc32c | 'QEND' |    the footer
 * | u64, u32       | u64, u32       | u64, u32      | u32    | u32    | u32    |
 * +----------------+----------------+---------------+--------+--------+--------+
 * |<- under the checksum, which is seeded with the file number and the footer's offset
 * </pre>
 *
 * @param index the block that every search begins in
 * @param levels 1 if its entries are handles of data blocks. 2 if they are handles of parts of the index, whose entries
 *     are handles of data blocks
 */
record TableFormat(BlockHandle index, BlockHandle filter, BlockHandle properties, int levels) {
    private static final int FIRST_VERSION_WITH_PARTS_OF_FILTER = 4;
    static final int FOOTER_BYTES = 48;
    static final int LEVELS_MAX = 2;

    private static final int END = 0x51454e44;
    private static final int CHECKED_BYTES = 3 * BlockHandle.ENCODED_BYTES + Integer.BYTES;

    void writeFooter(BytesWriter out, long fileNumber, long offset) {
        int start = out.length();
        index.write(out);
        filter.write(out);
        properties.write(out);
        out.writeInt(levels);
        out.writeInt(Checksum.crc32c(fileNumber, offset, out.array(), start, CHECKED_BYTES));
        out.writeInt(END);
    }

    static TableFormat readFooter(byte[] footer, String path, long fileNumber, long offset) {
        BytesReader in = new BytesReader(footer);
        TableFormat format =
                new TableFormat(BlockHandle.read(in), BlockHandle.read(in), BlockHandle.read(in), in.readInt());
        if (in.readInt() != Checksum.crc32c(fileNumber, offset, footer, 0, CHECKED_BYTES) || in.readInt() != END) {
            throw new CorruptException(path, offset, "the footer's checksum is wrong");
        }
        if (format.levels < 1 || format.levels > LEVELS_MAX) {
            throw new CorruptException(path, offset, "an index of " + format.levels + " levels");
        }
        return format;
    }

    /** @param version of the file's format */
    StoredFilter storedFilter(int version, StoredBlocks blocks) throws IOException {
        return version < FIRST_VERSION_WITH_PARTS_OF_FILTER
                ? new WholeFilter(filter)
                : FilterParts.readShape(blocks.readPlain(filter), filter);
    }
}
