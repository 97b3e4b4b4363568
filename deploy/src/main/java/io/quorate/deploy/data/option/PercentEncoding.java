package io.quorate.deploy.data.option;

/** Percent-encoding of RFC 3986, section 2.1, of bytes that need not be text. */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** For a key in a path: its slashes stay. */
    public static String path(byte[] bytes) {
        return encode(bytes, UNRESERVED + "/");
    }

    static String query(byte[] bytes) {
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
}
