package io.quorate.coordinator.api.http;

import io.quorate.common.text.PercentEncoding;

/** Bytes as they stand in a URI, percent-encoded. */
public final class UriText {
    private UriText() {}

    /** @throws BadRequest if two hexadecimal digits do not follow a percent sign */
    public static byte[] decode(String encoded) {
        try {
            return PercentEncoding.decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(400, e.getMessage() + ". Nothing was applied");
        }
    }
}
