package io.quorate.deploy.data.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.deploy.terminal.PrintableText;
import io.quorate.deploy.terminal.Terminal;

/**
 * A table that is printed while it comes. The column of keys grows with the longest key so far. On a terminal it grows
 * only as far as the other columns fit beside it. The row of a longer key goes on in the next line, below the heading.
 * A terminal that is too narrow for the columns gets a line for each cell.
 */
public final class ScanTable {
    private static final String GAP = "  ";
    private static final int KEY_CHARS_LEAST = 16;
    private static final int VERSION_CHARS = 36;
    private static final int VALUE_CHARS_LEAST = 12;

    private final Terminal terminal;
    private final boolean withValues;
    private final int keyCharsMost;
    private int keyChars = KEY_CHARS_LEAST;

    public ScanTable(Terminal terminal, boolean withValues) {
        this.terminal = terminal;
        this.withValues = withValues;
        keyCharsMost = terminal.outColumns()
                - GAP.length()
                - VERSION_CHARS
                - (withValues ? GAP.length() + VALUE_CHARS_LEAST : 0);
    }

    /** Empty on a terminal that is too narrow for columns. */
    public byte[] heading() {
        return isNarrow() ? new byte[0] : bytes(columns("KEY", "VERSION", "VALUE"));
    }

    public byte[] row(ScanItem item) {
        String key = PrintableText.bytes(item.key());
        String value = withValues ? PrintableText.bytes(item.value()) : "";
        return bytes(isNarrow() ? cells(key, item.version(), value) : columns(key, item.version(), value));
    }

    private boolean isNarrow() {
        return keyCharsMost < KEY_CHARS_LEAST;
    }

    private String cells(String key, String version, String value) {
        return key + "\n" + GAP + version + "\n" + (withValues ? GAP + shortened(value, GAP.length()) + "\n" : "");
    }

    private String columns(String key, String version, String value) {
        boolean isLong = key.length() > keyCharsMost;
        keyChars = Math.max(keyChars, Math.min(key.length(), keyCharsMost));
        String first = isLong ? key + "\n" + padded("", keyChars) : padded(key, keyChars);
        int before = keyChars + VERSION_CHARS + 2 * GAP.length();
        String others = withValues ? padded(version, VERSION_CHARS) + GAP + shortened(value, before) : version;
        return (first + GAP + others).stripTrailing() + "\n";
    }

    /** On a terminal, as much as fits into the line: a value has up to 64 MiB. */
    private String shortened(String value, int before) {
        return terminal.out()
                ? PrintableText.shortened(value, Math.max(VALUE_CHARS_LEAST, terminal.columns() - before))
                : value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String padded(String text, int chars) {
        return text + " ".repeat(Math.max(0, chars - text.length()));
    }
}
