package io.quorate.coordinator.api.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token with an end, as a browser keeps it. The token is encrypted by a key that comes from its SHA-256, which only
 * the rules have. So every process with the rules can open it, and none has to remember anything. Its thief cannot use
 * it after its end, and does not learn the token. A thief of the rules cannot make one, because nobody can guess the
 * token.
 *
 * <pre>
 *  sealed := Base64 for URLs, without padding, of:
 *  | version 1 | start of the token's SHA-256 | end, ms since 1970 | nonce    | AES-256-GCM of the token | tag      |
 *  | 1 byte    | 8 bytes                      | 8 bytes            | 12 bytes |                          | 16 bytes |
 *  key    := HMAC-SHA-256 of "quorate session", by the token's SHA-256
 * </pre>
 *
 * The bytes in front of the nonce are authenticated too.
 *
 * @param digest of the token
 */
record SealedToken(TokenDigest digest, long endsAtMs) {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + 2 * Long.BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int CHARS_MAX = 2 << 10;
    private static final byte[] PURPOSE = "quorate session".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    static String seal(String token, long endsAtMs) {
        return seal(token, TokenDigest.of(token), endsAtMs);
    }

    /** @param digest of the token, or the result cannot be opened */
    static String seal(String token, TokenDigest digest, long endsAtMs) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(VERSION)
                .putLong(digest.start())
                .putLong(endsAtMs)
                .array();
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, digest, head, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = ByteBuffer.allocate(HEAD_BYTES + NONCE_BYTES + encrypted.length)
                    .put(head)
                    .put(nonce)
                    .put(encrypted)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES and HMAC", e);
        }
    }

    /** Empty if it is none, was changed, has ended, or is of a token that the rules do not have. */
    static Optional<SealedToken> open(String sealed, AccessRules rules, long nowMs) {
        Optional<ByteBuffer> bytes = decode(sealed);
        if (bytes.isEmpty() || bytes.get().get() != VERSION) {
            return Optional.empty();
        }
        Optional<TokenDigest> digest = rules.tokenThatStartsWith(bytes.get().getLong());
        long endsAtMs = bytes.get().getLong();
        return digest.filter(known -> nowMs < endsAtMs && holds(bytes.get().array(), known))
                .map(known -> new SealedToken(known, endsAtMs));
    }

    private static Optional<ByteBuffer> decode(String sealed) {
        if (sealed.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            boolean hasToken = bytes.length > HEAD_BYTES + NONCE_BYTES + TAG_BYTES;
            return hasToken ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it is not Base64
        }
    }

    /** Whether the token of this digest is in there. */
    private static boolean holds(byte[] sealed, TokenDigest digest) {
        byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
        byte[] nonce = Arrays.copyOfRange(sealed, HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
        int start = HEAD_BYTES + NONCE_BYTES;
        try {
            byte[] token =
                    cipher(Cipher.DECRYPT_MODE, digest, head, nonce).doFinal(sealed, start, sealed.length - start);
            return TokenDigest.of(new String(token, StandardCharsets.UTF_8)).equals(digest);
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES and HMAC", e);
        }
    }

    private static Cipher cipher(int mode, TokenDigest digest, byte[] head, byte[] nonce)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(digest.bytes(), "HmacSHA256"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(mac.doFinal(PURPOSE), "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(head);
        return cipher;
    }
}
