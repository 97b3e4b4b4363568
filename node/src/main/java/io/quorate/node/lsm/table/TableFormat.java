package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.node.lsm.failure.CorruptException;

/**
 * A table's file.
 *
 * <pre>
 * table  := file header | data block* | filter | index | properties | footer
 *           each block with the trailer that BlockFormat draws; the filter and the properties too
 *
 *  0                12               24              36       40       44
 * +----------------+----------------+---------------+--------+--------+
 * | index handle   | filter handle  | properties    | crc32c | 'QEND' |    the footer
 * | u64, u32       | u64, u32       | u64, u32      | u32    | u32    |
 * +----------------+----------------+---------------+--------+--------+
 * |<- under the checksum, which is seeded with the file number and the footer's offset
 * </pre>
 */
record TableFormat(BlockHandle index, BlockHandle filter, BlockHandle properties) {
    static final int FOOTER_BYTES = 44;

    private static final int END = 0x51454e44;
    private static final int CHECKED_BYTES = 3 * BlockHandle.ENCODED_BYTES;

    void writeFooter(BytesWriter out, long fileNumber, long offset) {
        int start = out.length();
        index.write(out);
        filter.write(out);
        properties.write(out);
        out.writeInt(Checksum.crc32c(fileNumber, offset, out.array(), start, CHECKED_BYTES));
        out.writeInt(END);
    }

    static TableFormat readFooter(byte[] footer, String path, long fileNumber, long offset) {
        BytesReader in = new BytesReader(footer);
        TableFormat format = new TableFormat(BlockHandle.read(in), BlockHandle.read(in), BlockHandle.read(in));
        if (in.readInt() != Checksum.crc32c(fileNumber, offset, footer, 0, CHECKED_BYTES) || in.readInt() != END) {
            throw new CorruptException(path, offset, "the footer's checksum is wrong");
        }
        return format;
    }
}
