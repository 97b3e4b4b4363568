package io.quorate.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A function of a value. The cluster applies it where the value is, so that many programs may change one key without
 * reading it first. Each sees what those before it made.
 */
public final class Change {
    private final String fields;

    private Change(String fields) {
        this.fields = fields;
    }

    /**
     * Adds to a decimal number of 64 bits. A key without a value counts as 0. It fails with {@code not_a_number} or
     * {@code overflow}.
     *
     * @param number may be negative
     */
    public static Change add(long number) {
        return new Change("\"add\":\"" + number + '"');
    }

    /** Adds if the sum is from {@code min} to {@code max}. Otherwise it fails with {@code out_of_bounds}. */
    public static Change add(long number, long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("no number is from " + min + " to " + max);
        }
        return new Change("\"add\":\"" + number + "\",\"min\":\"" + min + "\",\"max\":\"" + max + '"');
    }

    /**
     * Puts bytes behind those of the value, which keeps its type. A key without a value counts as empty, and gets the
     * type of {@code end}. It fails with {@code too_long}.
     */
    public static Change append(Value end) {
        return new Change(base64("append64", end) + type(end));
    }

    /** Writes where there is no value. It fails with {@code present}. */
    public static Change putIfAbsent(Value value) {
        return new Change(base64("value64", value) + ",\"ifAbsent\":true" + type(value));
    }

    /** Replaces a value with just these bytes, of any type. It fails with {@code not_equal} or {@code absent}. */
    public static Change putIfValue(Value expected, Value value) {
        return new Change(base64("value64", value) + "," + base64("ifValue64", expected) + type(value));
    }

    private static String base64(String name, Value value) {
        return Json.quote(name) + ":\"" + Base64.getEncoder().encodeToString(value.content()) + '"';
    }

    private static String type(Value value) {
        return ",\"contentType\":" + Json.quote(Objects.requireNonNull(value.contentType()));
    }

    byte[] body() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The function as the JSON that is sent. */
    @Override
    public String toString() {
        return '{' + fields + '}';
    }
}
