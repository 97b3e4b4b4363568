package io.quorate.client;

import java.util.Optional;

/**
 * A range of keys, in their order or against it. Each method narrows the range, or says how to show it.
 *
 * @param prefix with which all keys begin. Empty: any
 * @param start the first key that may be in it
 * @param end the first key behind it
 * @param pageSize most items that one request brings, 1 to 1,000
 * @param reversed whether the last key comes first
 * @param withValues whether items have their values
 */
public record ScanRange(
        String prefix, Optional<Key> start, Optional<Key> end, int pageSize, boolean reversed, boolean withValues) {
    /** All keys, with their values. */
    public static final ScanRange ALL = new ScanRange("", Optional.empty(), Optional.empty(), 100, false, true);

    public ScanRange {
        if (pageSize < 1 || pageSize > 1_000) {
            throw new IllegalArgumentException("a page has 1 to 1,000 items: " + pageSize);
        }
    }

    public static ScanRange ofPrefix(String prefix) {
        return new ScanRange(prefix, ALL.start, ALL.end, ALL.pageSize, false, true);
    }

    public ScanRange from(Key first) {
        return new ScanRange(prefix, Optional.of(first), end, pageSize, reversed, withValues);
    }

    public ScanRange before(Key behind) {
        return new ScanRange(prefix, start, Optional.of(behind), pageSize, reversed, withValues);
    }

    public ScanRange withPageSize(int most) {
        return new ScanRange(prefix, start, end, most, reversed, withValues);
    }

    public ScanRange descending() {
        return new ScanRange(prefix, start, end, pageSize, true, withValues);
    }

    public ScanRange keysOnly() {
        return new ScanRange(prefix, start, end, pageSize, reversed, false);
    }

    /** @param cursor of the page before, or empty for the first one */
    Call page(Optional<String> cursor) {
        StringBuilder path = new StringBuilder("/v1/kv?limit=").append(pageSize);
        if (!prefix.isEmpty()) {
            path.append("&prefix=").append(Bytes.percentEncoded(prefix));
        }
        start.ifPresent(key -> path.append("&start=").append(Bytes.percentEncoded(key.bytes())));
        end.ifPresent(key -> path.append("&end=").append(Bytes.percentEncoded(key.bytes())));
        cursor.ifPresent(next -> path.append("&cursor=").append(Bytes.percentEncoded(next)));
        return Call.of("GET", path + (reversed ? "&reverse=true" : "") + (withValues ? "" : "&values=false"));
    }
}
