package io.quorate.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A value: bytes of any kind, possibly none, their media type, and when they expire. The array belongs to the value,
 * and must not be written again.
 */
public final class Value implements Content {
    public static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

    /** Most bytes of a media type. It is a name and no place for data. */
    public static final int CONTENT_TYPE_BYTES_MAX = 255;

    /** The expiry of a value that stays until somebody replaces or deletes it. */
    public static final long NEVER_EXPIRES = Long.MAX_VALUE;

    /**
     * The expiry of a value that ended so long ago that its replica keeps neither its bytes nor when it ended. By every
     * clock it is over.
     */
    public static final long ENDED_LONG_AGO = 1;

    private final byte[] bytes;
    private final String contentType;
    private final long expiresAtMs;

    private Value(byte[] bytes, String contentType, long expiresAtMs) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.expiresAtMs = expiresAtMs;
    }

    /** A value that never expires. Takes ownership of {@code bytes}. */
    public static Value of(byte[] bytes, String contentType) {
        return of(bytes, contentType, NEVER_EXPIRES);
    }

    /**
     * Takes ownership of {@code bytes}.
     *
     * @param expiresAtMs milliseconds since 1970, or {@link #NEVER_EXPIRES}
     * @throws IllegalArgumentException if the expiry is not positive
     */
    public static Value of(byte[] bytes, String contentType, long expiresAtMs) {
        if (expiresAtMs <= 0) {
            throw new IllegalArgumentException("an expiry of " + expiresAtMs + " ms; it is after 1970");
        }
        return new Value(bytes, contentType, expiresAtMs);
    }

    public static Value of(String text) {
        return of(text.getBytes(UTF_8), DEFAULT_CONTENT_TYPE);
    }

    /** The value's own array: read it, never write it. */
    public byte[] bytes() {
        return bytes;
    }

    public String contentType() {
        return contentType;
    }

    public boolean expires() {
        return expiresAtMs != NEVER_EXPIRES;
    }

    /** Whether its replica remembers only that it is over. */
    public boolean endedLongAgo() {
        return expiresAtMs == ENDED_LONG_AGO;
    }

    /** Milliseconds since 1970, from which on the value reads as absent, or {@link #NEVER_EXPIRES} if it stays. */
    public long expiresAtMs() {
        return expiresAtMs;
    }

    @Override
    public boolean isTombstone() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value
                && Arrays.equals(bytes, value.bytes)
                && contentType.equals(value.contentType)
                && expiresAtMs == value.expiresAtMs;
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(bytes) * 31 + contentType.hashCode()) * 31 + Long.hashCode(expiresAtMs);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of " + contentType + (expires() ? " until " + expiresAtMs : "");
    }
}
