package io.quorate.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Bytes and what they are. The cluster keeps both, and looks at neither. */
public final class Value {
    /** Of a value that nobody named a type for. */
    public static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

    private final byte[] bytes;
    private final String contentType;

    private Value(byte[] bytes, String contentType) {
        this.bytes = bytes;
        this.contentType = Objects.requireNonNull(contentType);
    }

    /** The text in UTF-8, as {@code text/plain; charset=utf-8}. */
    public static Value of(String text) {
        return new Value(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    public static Value of(byte[] bytes) {
        return of(bytes, DEFAULT_CONTENT_TYPE);
    }

    /** @param contentType a media type, such as {@code application/json} */
    public static Value of(byte[] bytes, String contentType) {
        return new Value(bytes.clone(), contentType);
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public String contentType() {
        return contentType;
    }

    byte[] content() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value
                && Arrays.equals(bytes, value.bytes)
                && contentType.equals(value.contentType);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + contentType.hashCode();
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of " + contentType;
    }
}
