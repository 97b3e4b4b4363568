package io.quorate.deploy.data.option;

import io.quorate.common.model.Key;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** The options that choose the keys of a scan. */
public final class RangeOptions {
    @Option(names = "--prefix", paramLabel = "KEY", description = "keys that begin with it")
    private String prefix;

    @Option(names = "--start", paramLabel = "KEY", description = "keys from this one on")
    private String start;

    @Option(names = "--end", paramLabel = "KEY", description = "keys before this one")
    private String end;

    @Option(names = "--after", paramLabel = "KEY", description = "go on behind this key, in the scan's direction")
    private String after;

    @Option(names = "--after64", paramLabel = "BASE64", description = "the same, for a key that is not text")
    private String after64;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "go on where a scan with the same options said")
    private String cursor;

    @Option(names = "--key64", description = "--prefix, --start, --end and --after are Base64")
    private boolean base64;

    @Option(names = "--limit", paramLabel = "N", description = "the most keys to print; by default all")
    private Integer limit;

    @Option(names = "--reverse", description = "from the last key to the first")
    private boolean reverse;

    public QueryString query() {
        Key from = key("--start", start);
        Key to = key("--end", end);
        Key last = after64 != null ? KeyText.parse("--after64", after64, true) : key("--after", after);
        if (last != null && reverse) {
            to = to == null || last.compareTo(to) < 0 ? last : to;
        } else if (last != null) {
            Key next = successor(last);
            from = from == null || next.compareTo(from) > 0 ? next : from;
        }
        return query(key("--prefix", prefix), from, to);
    }

    private QueryString query(Key beginning, Key from, Key to) {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit is " + limit + "; allowed: 1 or more; nothing was sent");
        }
        QueryString query = new QueryString();
        add(query, "prefix", beginning);
        add(query, "start", from);
        add(query, "end", to);
        return query.withIf(limit != null, "limit", limit)
                .withIf(cursor != null, "cursor", cursor)
                .withIf(reverse, "reverse", true);
    }

    private static void add(QueryString query, String name, Key key) {
        if (key != null) {
            query.with(name, key.bytes());
        }
    }

    private Key key(String name, String text) {
        return text == null ? null : KeyText.parse(name, text, base64);
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
