package io.quorate.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A value: bytes of any kind, possibly none, and the media type they were written with. The array belongs to the value
 * and is never written again.
 */
public final class Value implements Content {
    public static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

    /** Most bytes that a media type may have: a name, not a place for data. */
    public static final int CONTENT_TYPE_BYTES_MAX = 255;

    private final byte[] bytes;
    private final String contentType;

    private Value(byte[] bytes, String contentType) {
        this.bytes = bytes;
        this.contentType = contentType;
    }

    /** Takes ownership of {@code bytes}. */
    public static Value of(byte[] bytes, String contentType) {
        return new Value(bytes, contentType);
    }

    public static Value of(String text) {
        return new Value(text.getBytes(UTF_8), DEFAULT_CONTENT_TYPE);
    }

    /** The value's own array: read it, never write it. */
    public byte[] bytes() {
        return bytes;
    }

    public String contentType() {
        return contentType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value
                && Arrays.equals(bytes, value.bytes)
                && contentType.equals(value.contentType);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + contentType.hashCode();
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of " + contentType;
    }
}
