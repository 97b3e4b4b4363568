package io.quorate.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key: 1 to 4096 bytes of any kind. Keys have the order of their bytes, unsigned. */
public final class Key implements Comparable<Key> {
    /** The most bytes of a key. */
    public static final int BYTES_MAX = 4096;

    private final byte[] bytes;

    private Key(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + BYTES_MAX + " bytes, and this one has " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** The bytes of the text in UTF-8. */
    public static Key of(String text) {
        return new Key(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Key of(byte[] bytes) {
        return new Key(bytes.clone());
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes as UTF-8. What is no UTF-8 is shown as U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
