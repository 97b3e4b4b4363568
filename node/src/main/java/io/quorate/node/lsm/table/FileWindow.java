package io.quorate.node.lsm.table;

import java.io.IOException;

/** A part of a file in memory, so that several blocks take one read. What lies outside of it is read from the file. */
final class FileWindow implements FileBytes {
    private final FileBytes file;
    private final long begin;
    private final byte[] bytes;

    /** Reads the part. */
    FileWindow(FileBytes file, long begin, int count) throws IOException {
        this.file = file;
        this.begin = begin;
        this.bytes = new byte[count];
        file.readFully(bytes, 0, count, begin);
    }

    @Override
    public void readFully(byte[] target, int offset, int count, long position) throws IOException {
        if (position < begin || position + count > begin + bytes.length) {
            file.readFully(target, offset, count, position);
        } else {
            System.arraycopy(bytes, (int) (position - begin), target, offset, count);
        }
    }
}
