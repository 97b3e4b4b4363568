package io.quorate.deploy.data.option;

import io.quorate.common.model.Key;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a range of keys. */
public final class KeyRangeOptions {
    @Option(names = "--prefix", paramLabel = "KEY", description = "keys that begin with it")
    private String prefix;

    @Option(names = "--start", paramLabel = "KEY", description = "keys from this one on")
    private String start;

    @Option(names = "--end", paramLabel = "KEY", description = "keys before this one")
    private String end;

    @Option(names = "--key64", description = "the keys in the options are Base64")
    private boolean base64;

    Optional<Key> prefix() {
        return key("--prefix", prefix);
    }

    Optional<Key> start() {
        return key("--start", start);
    }

    Optional<Key> end() {
        return key("--end", end);
    }

    /** @param text the value of an option, or null if it was not given */
    Optional<Key> key(String name, String text) {
        return Optional.ofNullable(text).map(given -> KeyText.parse(name, given, base64));
    }

    /** The rest of the range from a key on, which is part of it. */
    public QueryString queryFrom(Optional<Key> key) {
        return query(key.or(this::start), end());
    }

    QueryString query(Optional<Key> from, Optional<Key> to) {
        QueryString query = new QueryString();
        prefix().ifPresent(bytes -> query.with("prefix", bytes.bytes()));
        from.ifPresent(bytes -> query.with("start", bytes.bytes()));
        to.ifPresent(bytes -> query.with("end", bytes.bytes()));
        return query;
    }

    /** Whether the range has the key. */
    public boolean has(Key key) {
        return prefix().filter(beginning -> !isPrefix(beginning, key)).isEmpty()
                && start().filter(from -> key.compareTo(from) < 0).isEmpty()
                && end().filter(to -> key.compareTo(to) >= 0).isEmpty();
    }

    private static boolean isPrefix(Key beginning, Key key) {
        byte[] expected = beginning.bytes();
        byte[] bytes = key.bytes();
        return bytes.length >= expected.length
                && Arrays.equals(expected, 0, expected.length, bytes, 0, expected.length);
    }
}
