package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;

/**
 * The place of a block in its file.
 *
 * @param bytes its length without the trailer
 */
public record BlockHandle(long offset, int bytes) {
    public static final int ENCODED_BYTES = 12;

    public void write(BytesWriter out) {
        out.writeLong(offset);
        out.writeInt(bytes);
    }

    public static BlockHandle read(BytesReader in) {
        return new BlockHandle(in.readLong(), in.readInt());
    }

    /** Whether a file of so many bytes can hold it with its trailer. */
    public boolean fits(long fileBytes) {
        return offset >= 0 && bytes >= 0 && offset <= fileBytes - BlockFormat.TRAILER_BYTES - bytes;
    }
}
