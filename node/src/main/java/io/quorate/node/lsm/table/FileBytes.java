package io.quorate.node.lsm.table;

import java.io.IOException;

/** The bytes of a file, some of them perhaps in memory. */
interface FileBytes {
    /** Fills {@code count} bytes of the array. */
    void readFully(byte[] target, int offset, int count, long position) throws IOException;
}
