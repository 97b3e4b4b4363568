package io.quorate.deploy.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.text.CodePoints;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Foreign bytes as text that is safe on a terminal: a control character in a value must not move the cursor or do
 * anything worse.
 */
public final class PrintableText {
    private static final String CUT = "...";

    private PrintableText() {}

    /** UTF-8 becomes text, with control characters as escapes. Other bytes become {@code \xFF}. */
    public static String bytes(byte[] bytes) {
        try {
            return text(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            StringBuilder shown = new StringBuilder();
            for (byte b : bytes) {
                if (b >= ' ' && b < 0x7f && b != '\\') {
                    shown.append((char) b);
                } else {
                    shown.append(String.format("\\x%02X", b));
                }
            }
            return shown.toString();
        }
    }

    /** The text with control characters as escapes. A text without any is returned as it is. */
    public static String text(String text) {
        if (text.codePoints().noneMatch(CodePoints::isControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!CodePoints.isControl(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> String.format("\\u%04X", c);
                        });
            }
        });
        return shown.toString();
    }

    /** The text, or if it is longer than {@code charsMax} its beginning and three dots. */
    public static String shortened(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        int end = Math.max(0, charsMax - CUT.length());
        boolean splitsPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + CUT;
    }
}
