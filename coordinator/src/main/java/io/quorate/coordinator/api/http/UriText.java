package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.quorate.common.model.Key;
import io.quorate.common.text.PercentEncoding;

/** Bytes as the target of a request has them, percent-encoded or raw: one character for each byte. */
public final class UriText {
    private UriText() {}

    /** @throws BadRequest if two hexadecimal digits do not follow a percent sign */
    public static byte[] decode(String encoded) {
        try {
            return PercentEncoding.decode(encoded.getBytes(ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new BadRequest(400, e.getMessage() + ". Nothing was applied");
        }
    }

    /**
     * The key of a path.
     *
     * @throws BadRequest if it is empty, too long or wrongly encoded
     */
    public static Key key(String encoded) {
        byte[] bytes = decode(encoded);
        if (bytes.length == 0) {
            throw new BadRequest(
                    400, "the key is empty; a key has 1 to " + Key.BYTES_MAX + " bytes. Nothing was applied");
        }
        if (bytes.length > Key.BYTES_MAX) {
            throw new BadRequest(
                    414,
                    "the key has " + bytes.length + " bytes; a key has 1 to " + Key.BYTES_MAX
                            + " bytes. Nothing was applied");
        }
        return Key.of(bytes);
    }
}
