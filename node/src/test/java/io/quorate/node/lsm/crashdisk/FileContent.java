package io.quorate.node.lsm.crashdisk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a file under any name: the bytes that processes see, the durable bytes, and the writes between the
 * two.
 */
final class FileContent {
    private byte[] live = new byte[0];
    private int liveSize;
    private byte[] durable = new byte[0];
    private final List<UnsyncedWrite> unsynced = new ArrayList<>();

    /** How many forces it had since it got its name. */
    int forces;

    /** A force failed in this life of the process. */
    boolean spoiled;

    /** A full disk cut a write short. The next one fails. */
    boolean cutShort;

    static FileContent durable(byte[] bytes) {
        FileContent content = new FileContent();
        content.durable = bytes.clone();
        content.forgetUnsynced();
        return content;
    }

    int size() {
        return liveSize;
    }

    byte[] live() {
        return Arrays.copyOf(live, liveSize);
    }

    byte[] durable() {
        return durable.clone();
    }

    /** Puts so many bytes into the target. After the last byte of the file comes the first one. */
    void read(int position, int count, ByteBuffer target) {
        int upToEnd = Math.min(count, liveSize - position);
        target.put(live, position, upToEnd);
        for (int left = count - upToEnd; left > 0; left -= liveSize) {
            target.put(live, 0, Math.min(left, liveSize));
        }
    }

    void write(long stamp, int position, byte[] bytes) {
        UnsyncedWrite write = new UnsyncedWrite(stamp, position, bytes);
        if (write.end() > live.length) {
            live = Arrays.copyOf(live, Math.max(write.end(), live.length * 2));
        }
        System.arraycopy(bytes, 0, live, position, bytes.length);
        liveSize = Math.max(liveSize, write.end());
        unsynced.add(write);
    }

    void force() {
        unsynced.forEach(this::persist);
        unsynced.clear();
    }

    /** The state after a failed force on Linux: the range counts as written, and is not. */
    void failForce() {
        spoiled = true;
        unsynced.clear();
    }

    void losePower(PowerLoss loss) {
        int grown = unsynced.stream().mapToInt(UnsyncedWrite::end).max().orElse(0);
        loss.kept(unsynced).forEach(this::persist);
        if (grown > durable.length && loss.keepsSize()) {
            durable = Arrays.copyOf(durable, grown);
        }
        forgetUnsynced();
    }

    private void forgetUnsynced() {
        unsynced.clear();
        live = durable.clone();
        liveSize = durable.length;
    }

    private void persist(UnsyncedWrite write) {
        if (write.end() > durable.length) {
            durable = Arrays.copyOf(durable, write.end());
        }
        System.arraycopy(write.bytes(), 0, durable, write.position(), write.bytes().length);
    }

    /** Other bytes than were written, durably. */
    void replace(byte[] bytes) {
        durable = bytes.clone();
        forgetUnsynced();
    }
}
