package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Text from a client, made safe for a log: one line of printable ASCII with a bounded length. All other bytes, quotes
 * and backslashes become their hexadecimal value.
 */
public final class LogText {
    private static final int BYTES_MAX = 96;

    private LogText() {}

    public static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    public static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 8);
        int shown = Math.min(bytes.length, BYTES_MAX);
        for (int i = 0; i < shown; i++) {
            append(text, bytes[i] & 0xff);
        }
        return shown == bytes.length
                ? text.toString()
                : text.append("... (").append(bytes.length).append(" bytes)").toString();
    }

    private static void append(StringBuilder text, int unit) {
        if (unit >= ' ' && unit < 0x7f && unit != '"' && unit != '\\') {
            text.append((char) unit);
        } else {
            text.append("\\x").append(Character.forDigit(unit >>> 4, 16)).append(Character.forDigit(unit & 0xf, 16));
        }
    }
}
