package io.quorate.node.lsm.format;

import io.quorate.common.codec.BytesWriter;

/** Headers that this program does not write. */
public final class FileHeaders {
    private FileHeaders() {}

    public static byte[] of(FileKind kind, int version, long number) {
        BytesWriter out = new BytesWriter(FileHeader.BYTES);
        FileHeader.write(out, kind, version, number);
        return out.toByteArray();
    }

    public static byte[] ofFormat(String kind, int version) {
        BytesWriter out = new BytesWriter(FileHeader.BYTES);
        FileHeader.write(out, FileKind.valueOf(kind), version, 1);
        return out.toByteArray();
    }

    /** A file as it is, but that its header says the version after the newest that this program knows. */
    public static byte[] withNextVersion(byte[] file, FileKind kind, long number) {
        return withVersion(file, kind, kind.version() + 1, number);
    }

    /** The same with the version before the oldest that this program knows. */
    public static byte[] withVersionBefore(byte[] file, FileKind kind, long number) {
        return withVersion(file, kind, kind.oldestVersion() - 1, number);
    }

    private static byte[] withVersion(byte[] file, FileKind kind, int version, long number) {
        BytesWriter out = new BytesWriter(file.length);
        FileHeader.write(out, kind, version, number);
        out.writeBytes(file, FileHeader.BYTES, file.length - FileHeader.BYTES);
        return out.toByteArray();
    }
}
