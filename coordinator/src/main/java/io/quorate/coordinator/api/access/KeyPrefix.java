package io.quorate.coordinator.api.access;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.text.PercentEncoding;
import java.util.Arrays;
import java.util.Optional;

/** The first bytes of keys, decoded. It may end within a character. No bytes stand for all keys. */
public final class KeyPrefix {
    public static final KeyPrefix ALL = new KeyPrefix(new byte[0]);

    private final byte[] bytes;
    private final KeyRange range;

    private KeyPrefix(byte[] bytes) {
        this.bytes = bytes;
        this.range = bytes.length == 0 ? KeyRange.ALL : KeyRange.ofPrefix(Key.of(bytes));
    }

    /**
     * @param text UTF-8, in which {@code %XX} is one byte
     * @throws IllegalArgumentException if it is wrongly encoded or longer than a key
     */
    public static KeyPrefix parse(String text) {
        byte[] bytes = PercentEncoding.decode(text);
        return bytes.length == 0 ? ALL : new KeyPrefix(bytes);
    }

    boolean isAll() {
        return bytes.length == 0;
    }

    boolean contains(Key key) {
        byte[] whole = key.bytes();
        return whole.length >= bytes.length && Arrays.equals(whole, 0, bytes.length, bytes, 0, bytes.length);
    }

    /** Whether every key that can be in a range has this prefix. */
    boolean contains(KeyRange keys) {
        return keys.intersection(range).equals(keys);
    }

    /** The shortest prefix that has all keys of a range, for messages. */
    static KeyPrefix around(KeyRange keys) {
        Optional<byte[]> start = keys.start().map(Key::bytes);
        Optional<byte[]> end = keys.end().map(Key::bytes);
        if (start.isEmpty() || end.isEmpty()) {
            return ALL;
        }
        int common = Math.max(0, Arrays.mismatch(start.get(), end.get()));
        for (int length = start.get().length; length > common; length--) {
            KeyPrefix prefix = new KeyPrefix(Arrays.copyOf(start.get(), length));
            if (prefix.contains(keys)) {
                return prefix;
            }
        }
        return common == 0 ? ALL : new KeyPrefix(Arrays.copyOf(start.get(), common));
    }

    static KeyPrefix of(Key key) {
        return new KeyPrefix(key.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPrefix prefix && Arrays.equals(bytes, prefix.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Percent-encoded, so that any prefix is printable and can be parsed again. */
    @Override
    public String toString() {
        return PercentEncoding.path(bytes);
    }
}
