package io.quorate.common.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding of RFC 3986, section 2.1, of bytes that need not be text. */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** For a key in a path: its slashes stay. */
    public static String path(byte[] bytes) {
        return encode(bytes, UNRESERVED + "/");
    }

    /** For a value in a query string. */
    public static String query(byte[] bytes) {
        return encode(bytes, UNRESERVED);
    }

    private static String encode(byte[] bytes, String kept) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || kept.indexOf(b) >= 0) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
            }
        }
        return text.toString();
    }

    /**
     * Every {@code %XX} becomes its byte, every other character its UTF-8 bytes. A {@code +} stays a plus sign.
     *
     * @throws IllegalArgumentException if two hexadecimal digits do not follow a percent sign. The message says where
     */
    public static byte[] decode(String text) {
        return decode(text.getBytes(UTF_8));
    }

    /**
     * Every {@code %XX} becomes its byte, and every other byte stays.
     *
     * @throws IllegalArgumentException as {@link #decode(String)}
     */
    public static byte[] decode(byte[] source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                bytes.write(escaped(source, i));
                i += 2;
            } else {
                bytes.write(source[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int escaped(byte[] source, int percentAt) {
        boolean hasTwoMore = percentAt + 2 < source.length;
        int high = hasTwoMore ? Character.digit(source[percentAt + 1], 16) : -1;
        int low = hasTwoMore ? Character.digit(source[percentAt + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("'%' at position " + percentAt
                    + " is not followed by two hexadecimal digits; write a percent sign itself as %25");
        }
        return high << 4 | low;
    }
}
