package io.quorate.common.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A range of keys, ordered as unsigned bytes.
 *
 * @param start the first key of the range, or empty if there is no bound
 * @param end the first key behind the range, or empty if there is no bound
 */
public record KeyRange(Optional<Key> start, Optional<Key> end) {
    public static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /** The keys that begin with the bytes of {@code prefix}. */
    public static KeyRange ofPrefix(Key prefix) {
        return new KeyRange(Optional.of(prefix), successorOfAll(prefix));
    }

    /** All keys from {@code start} on. */
    public static KeyRange from(Key start) {
        return new KeyRange(Optional.of(start), Optional.empty());
    }

    /** The least key greater than all that begin with {@code prefix}, or empty if the prefix is all 0xff. */
    private static Optional<Key> successorOfAll(Key prefix) {
        byte[] bytes = prefix.bytes();
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return Optional.empty();
        }
        byte[] successor = Arrays.copyOf(bytes, last + 1);
        successor[last]++;
        return Optional.of(Key.of(successor));
    }

    public boolean contains(Key key) {
        return start.map(first -> key.compareTo(first) >= 0).orElse(true)
                && end.map(bound -> key.compareTo(bound) < 0).orElse(true);
    }

    /**
     * The rest of the range for a scan in this direction that has shown all keys up to {@code seen}, and that key too.
     * Empty if no key can be left.
     */
    public Optional<KeyRange> beyond(Key seen, Direction direction) {
        if (direction == Direction.DESCENDING) {
            return Optional.of(intersection(new KeyRange(Optional.empty(), Optional.of(seen))))
                    .filter(rest -> !rest.isEmpty());
        }
        return successor(seen).map(next -> intersection(from(next))).filter(rest -> !rest.isEmpty());
    }

    /** The least key greater than {@code key}. Behind a key of the most bytes comes no longer one. */
    private static Optional<Key> successor(Key key) {
        return key.length() == Key.BYTES_MAX
                ? successorOfAll(key)
                : Optional.of(Key.of(Arrays.copyOf(key.bytes(), key.length() + 1)));
    }

    /** Whether no key can be in the range. */
    public boolean isEmpty() {
        return start.isPresent() && end.isPresent() && start.get().compareTo(end.get()) >= 0;
    }

    /** The keys that are in both ranges. */
    public KeyRange intersection(KeyRange other) {
        return new KeyRange(later(start, other.start), earlier(end, other.end));
    }

    private static Optional<Key> later(Optional<Key> a, Optional<Key> b) {
        return a.isEmpty() || b.isPresent() && b.get().compareTo(a.get()) > 0 ? b : a;
    }

    private static Optional<Key> earlier(Optional<Key> a, Optional<Key> b) {
        return a.isEmpty() || b.isPresent() && b.get().compareTo(a.get()) < 0 ? b : a;
    }
}
