package io.quorate.deploy.terminal;

/** A word as a POSIX shell takes it literally. For commands that a message proposes. */
public final class ShellWord {
    private ShellWord() {}

    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
