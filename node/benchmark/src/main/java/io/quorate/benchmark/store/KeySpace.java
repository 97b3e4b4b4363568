package io.quorate.benchmark.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Keys of 16 hexadecimal digits, spread evenly over all there could be, so that the order of their indices is the order
 * of the keys. Between two of them lies one that is never written.
 */
final class KeySpace {
    static final int KEY_BYTES = 16;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

    private final int count;
    private final long step;

    KeySpace(int count) {
        this.count = count;
        this.step = Long.divideUnsigned(-1, count);
    }

    int count() {
        return count;
    }

    /** @param index 0 to {@link #count} - 1 */
    byte[] key(int index) {
        return hex(index * step);
    }

    /** A key that is never written, after the one of this index. */
    byte[] absent(int index) {
        return hex(index * step + step / 2);
    }

    private static byte[] hex(long number) {
        byte[] digits = new byte[KEY_BYTES];
        long rest = number;
        for (int i = KEY_BYTES - 1; i >= 0; i--) {
            digits[i] = DIGITS[(int) rest & 0xf];
            rest >>>= 4;
        }
        return digits;
    }
}
