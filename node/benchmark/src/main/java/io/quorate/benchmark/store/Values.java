package io.quorate.benchmark.store;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Values that compress to about one half, as those of RocksDB's db_bench do. Each key has its own. */
final class Values {
    private static final int POOL_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 100;

    private final byte[] pool;
    private final int valueBytes;

    Values(int valueBytes, long seed) {
        this.valueBytes = valueBytes;
        this.pool = new byte[POOL_BYTES + valueBytes];
        SplittableRandom random = new SplittableRandom(seed);
        byte[] half = new byte[PIECE_BYTES / 2];
        for (int at = 0; at < pool.length; at += half.length) {
            if (at % PIECE_BYTES == 0) {
                random.nextBytes(half);
            }
            System.arraycopy(half, 0, pool, at, Math.min(half.length, pool.length - at));
        }
    }

    int valueBytes() {
        return valueBytes;
    }

    byte[] of(int index) {
        int at = offset(index);
        return Arrays.copyOfRange(pool, at, at + valueBytes);
    }

    boolean isOf(int index, byte[] value) {
        int at = offset(index);
        return Arrays.equals(pool, at, at + valueBytes, value, 0, value.length);
    }

    private static int offset(int index) {
        return (int) (index * 0x9e3779b97f4a7c15L >>> 44);
    }
}
