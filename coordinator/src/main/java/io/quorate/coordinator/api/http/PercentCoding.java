package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding of RFC 3986, section 2.1, on bytes: what it decodes need not be text. */
public final class PercentCoding {
    private PercentCoding() {}

    /**
     * Every {@code %XX} becomes its byte, every other character its UTF-8 bytes; {@code +} is a plus sign.
     *
     * @throws BadRequest if a percent sign is not followed by two hexadecimal digits
     */
    public static byte[] decode(String text) {
        if (text.indexOf('%') < 0) {
            return text.getBytes(UTF_8);
        }
        byte[] source = text.getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.write(source[i]);
                continue;
            }
            int high = i + 2 <= source.length - 1 ? Character.digit(source[i + 1], 16) : -1;
            int low = i + 2 <= source.length - 1 ? Character.digit(source[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new BadRequest(
                        400,
                        "'%' at position " + i + " is not followed by two hexadecimal digits; write %25 for itself");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toByteArray();
    }
}
