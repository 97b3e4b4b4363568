package io.quorate.node.lsm.crashdisk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes that were written and not forced. */
record UnsyncedWrite(long stamp, int position, byte[] bytes) {
    int end() {
        return position + bytes.length;
    }

    /** Cut wherever the file's offset is a multiple. */
    List<UnsyncedWrite> split(int everyBytes) {
        List<UnsyncedWrite> pieces = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + everyBytes - (position + from) % everyBytes);
            pieces.add(new UnsyncedWrite(stamp, position + from, Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return pieces;
    }
}
