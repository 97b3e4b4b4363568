package io.quorate.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A key: 1 to {@value #BYTES_MAX} bytes of any kind, ordered as unsigned bytes. The array belongs to the key, and must
 * not be written again.
 */
public final class Key implements Comparable<Key> {
    public static final int BYTES_MAX = 4096;

    /**
     * Most bytes of a key in a store. One byte before the key names the keyspace. In the keyspace of hints, two more
     * name the replica that the hint is for.
     */
    public static final int STORED_BYTES_MAX = BYTES_MAX + 3;

    private final byte[] bytes;
    private int hash;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes ownership of {@code bytes}.
     *
     * @throws IllegalArgumentException if the array is empty or longer than {@value #BYTES_MAX} bytes
     */
    public static Key of(byte[] bytes) {
        return of(bytes, BYTES_MAX);
    }

    /** Makes a key of a store, which has its keyspace as first byte. */
    public static Key ofStored(byte[] bytes) {
        return of(bytes, STORED_BYTES_MAX);
    }

    private static Key of(byte[] bytes, int bytesMax) {
        if (bytes.length == 0 || bytes.length > bytesMax) {
            throw new IllegalArgumentException("a key has 1 to " + bytesMax + " bytes, this one has " + bytes.length);
        }
        return new Key(bytes);
    }

    public static Key of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** The key's own array: read it, never write it. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
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
        if (hash == 0) {
            hash = Arrays.hashCode(bytes);
        }
        return hash;
    }

    /** The key as text for people. Bytes that are not UTF-8 become replacement characters. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }
}
