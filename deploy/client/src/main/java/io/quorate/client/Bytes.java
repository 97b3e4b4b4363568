package io.quorate.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Keys and values in URIs and in JSON, where only text can stand. */
final class Bytes {
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~";

    private Bytes() {}

    /**
     * Percent-encoded, so that it may stand in a path or in a parameter. Slashes too, and dots: {@code ..} is a key.
     */
    static String percentEncoded(byte[] bytes) {
        StringBuilder out = new StringBuilder(3 * bytes.length);
        for (byte each : bytes) {
            if (UNRESERVED.indexOf(each) >= 0) {
                out.append((char) each);
            } else {
                out.append(String.format("%%%02X", each & 0xff));
            }
        }
        return out.toString();
    }

    static String percentEncoded(String text) {
        return percentEncoded(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A field with this name, or with {@code 64} behind it for bytes that are no UTF-8. */
    static String field(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Json.quote(name) + ":" + Json.quote(text);
        } catch (CharacterCodingException e) {
            return Json.quote(name + "64") + ":"
                    + Json.quote(Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** The inverse of {@link #field}. Empty if there is no such field. */
    static Optional<byte[]> read(Map<?, ?> object, String name) {
        if (object.get(name) instanceof String text) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        return object.get(name + "64") instanceof String encoded
                ? Optional.of(Base64.getDecoder().decode(encoded))
                : Optional.empty();
    }
}
