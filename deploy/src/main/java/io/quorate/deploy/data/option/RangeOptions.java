package io.quorate.deploy.data.option;

import io.quorate.common.model.Key;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose the keys of a scan. */
public final class RangeOptions {
    @Mixin
    private KeyRangeOptions range;

    @Option(names = "--after", paramLabel = "KEY", description = "go on behind this key, in the scan's direction")
    private String after;

    @Option(names = "--after64", paramLabel = "BASE64", description = "the same, for a key that is not text")
    private String after64;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "go on where a scan with the same options said")
    private String cursor;

    @Option(names = "--limit", paramLabel = "N", description = "the most keys to print; by default all")
    private Integer limit;

    @Option(names = "--reverse", description = "from the last key to the first")
    private boolean reverse;

    public QueryString query() {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit is " + limit + "; allowed: 1 or more; nothing was sent");
        }
        return keys().withIf(limit != null, "limit", limit)
                .withIf(cursor != null, "cursor", cursor)
                .withIf(reverse, "reverse", true);
    }

    private QueryString keys() {
        Optional<Key> last = Optional.ofNullable(after64)
                .map(text -> KeyText.parse("--after64", text, true))
                .or(() -> range.key("--after", after));
        if (reverse) {
            return range.query(range.start(), given(last, range.end()).min(Comparator.naturalOrder()));
        }
        Optional<Key> next = last.map(RangeOptions::successor);
        return range.query(given(next, range.start()).max(Comparator.naturalOrder()), range.end());
    }

    private static Stream<Key> given(Optional<Key> one, Optional<Key> other) {
        return Stream.concat(one.stream(), other.stream());
    }

    /** The least key that is greater. */
    private static Key successor(Key key) {
        if (key.length() == Key.BYTES_MAX) {
            throw CommandFailure.usage("the key to go on behind has " + Key.BYTES_MAX
                    + " bytes, the most there are; use --start, which repeats it; nothing was sent");
        }
        return Key.of(Arrays.copyOf(key.bytes(), key.length() + 1));
    }
}
