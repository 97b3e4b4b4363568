package io.quorate.deploy.data.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.deploy.terminal.PrintableText;
import io.quorate.deploy.terminal.Terminal;

/** A table that is printed while it comes. The column of keys grows with the longest key so far. */
public final class ScanTable {
    private static final String GAP = "  ";
    private static final int KEY_CHARS_LEAST = 16;
    private static final int VERSION_CHARS = 36;
    private static final int VALUE_CHARS_LEAST = 12;

    private final Terminal terminal;
    private final boolean withValues;
    private int keyChars = KEY_CHARS_LEAST;

    public ScanTable(Terminal terminal, boolean withValues) {
        this.terminal = terminal;
        this.withValues = withValues;
    }

    public byte[] heading() {
        return line("KEY", "VERSION", "VALUE");
    }

    public byte[] row(ScanItem item) {
        return line(PrintableText.bytes(item.key()), item.version(), withValues ? value(item) : "");
    }

    /** On a terminal, as much as fits into the line: a value has up to 64 MiB. */
    private String value(ScanItem item) {
        String value = PrintableText.bytes(item.value());
        int room = terminal.columns() - keyChars - VERSION_CHARS - 2 * GAP.length();
        return terminal.out() ? PrintableText.shortened(value, Math.max(VALUE_CHARS_LEAST, room)) : value;
    }

    private byte[] line(String key, String version, String value) {
        keyChars = Math.max(keyChars, key.length());
        String line =
                padded(key, keyChars) + GAP + (withValues ? padded(version, VERSION_CHARS) + GAP + value : version);
        return (line.stripTrailing() + "\n").getBytes(UTF_8);
    }

    private static String padded(String text, int chars) {
        return text + " ".repeat(Math.max(0, chars - text.length()));
    }
}
