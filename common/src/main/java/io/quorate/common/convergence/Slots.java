package io.quorate.common.convergence;

import io.quorate.common.codec.XxHash64;
import io.quorate.common.model.Key;

/** Every key belongs to one of 256 slots, by its hash. */
public final class Slots {
    public static final int COUNT = 256;

    private static final int TOP_BYTE_SHIFT = 56;

    private Slots() {}

    /** The slot of a key, from 0 to 255: the highest byte of its XXH64 with seed 0. */
    public static int of(Key key) {
        return (int) (XxHash64.hash(key.bytes(), key.length(), 0) >>> TOP_BYTE_SHIFT);
    }
}
