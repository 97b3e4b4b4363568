package io.quorate.deploy.terminal;

import java.util.Map;

/**
 * Which of the standard streams are a terminal. Java before version 22 cannot find out, so the launcher passes two
 * properties. {@code quorate.terminal} has the numbers of the streams that are terminals, such as {@code 02}.
 * {@code quorate.columns} has the width. Without the launcher there is no terminal.
 *
 * @param in whether standard input is a person
 * @param out whether standard output is read by a person
 * @param err whether standard error is
 * @param columns how wide it is
 * @param colours whether that person wants colours: see no-color.org
 */
public record Terminal(boolean in, boolean out, boolean err, int columns, boolean colours) {
    private static final int COLUMNS = 80;
    private static final int COLUMNS_LEAST = 40;

    private static final String ESCAPE = "\u001b[";

    public static Terminal current() {
        return of(
                System.getProperty("quorate.terminal", ""), System.getProperty("quorate.columns", ""), System.getenv());
    }

    static Terminal of(String streams, String columns, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        int width = columns.matches("[1-9]\\d{0,4}") ? Math.max(COLUMNS_LEAST, Integer.parseInt(columns)) : COLUMNS;
        return new Terminal(streams.contains("0"), streams.contains("1"), streams.contains("2"), width, !plain);
    }

    /** Into how many columns a line of standard output has to fit. A file has no width. */
    public int outColumns() {
        return out ? columns : Integer.MAX_VALUE;
    }

    /** The same of standard error. */
    public int errColumns() {
        return err ? columns : Integer.MAX_VALUE;
    }

    public String green(String text) {
        return coloured("32m", text);
    }

    public String yellow(String text) {
        return coloured("33m", text);
    }

    public String red(String text) {
        return coloured("31m", text);
    }

    /** For standard output. Without a person there, or without colours, it is the plain text. */
    private String coloured(String code, String text) {
        return out && colours ? ESCAPE + code + text + ESCAPE + "0m" : text;
    }
}
