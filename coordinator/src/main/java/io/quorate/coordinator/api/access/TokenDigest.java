package io.quorate.coordinator.api.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a token. Rules hold digests alone, so a stolen file of rules lets nobody in. A token has 256 random
 * bits. No salt or slow hash would make it harder to find.
 */
public final class TokenDigest {
    private static final int BYTES = 32;
    private static final int ID_CHARS = 8;

    private final byte[] bytes;

    private TokenDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    public static TokenDigest of(String token) {
        return of(token, sha256());
    }

    static TokenDigest of(String token, MessageDigest sha256) {
        return new TokenDigest(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalArgumentException if the text is not 64 hexadecimal digits */
    public static TokenDigest parse(String hex) {
        if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IllegalArgumentException("it is not the SHA-256 of a token; allowed: 64 digits 0-9 and a-f");
        }
        return new TokenDigest(HexFormat.of().parseHex(hex));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Its first 64 bits. They name a token where nobody may learn the digest. */
    long start() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Its first digits, by which people name a token. */
    public String id() {
        return toString().substring(0, ID_CHARS);
    }

    /** Takes the same time for all digests, so that nobody can find one byte after the other. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
