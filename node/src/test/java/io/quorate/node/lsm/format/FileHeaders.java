package io.quorate.node.lsm.format;

import io.quorate.common.codec.BytesWriter;

/** Headers that this program does not write. */
public final class FileHeaders {
    private FileHeaders() {}

    public static byte[] ofFormat(String kind, int version) {
        BytesWriter out = new BytesWriter(FileHeader.BYTES);
        FileHeader.write(out, FileKind.valueOf(kind), version, 1);
        return out.toByteArray();
    }
}
