package io.quorate.deploy.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line, as a POSIX shell splits it: at spaces, with quotes and backslashes, and without any expansion. A
 * word that begins with {@code #} begins a comment.
 */
final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean hasWord;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException if a quote or a backslash has no end. The message says where */
    static List<String> of(String line) {
        return new ShellWords(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '#' && !hasWord) {
                break;
            }
            take(c);
        }
        endWord();
        return List.copyOf(words);
    }

    private void take(char c) {
        switch (c) {
            case ' ', '\t' -> endWord();
            case '\'', '"' -> quoted(c);
            case '\\' -> add(next("a backslash"));
            default -> add(c);
        }
    }

    private void quoted(char quote) {
        int start = at;
        hasWord = true;
        for (char c = next("the quote at column " + start); c != quote; c = next("the quote at column " + start)) {
            boolean escapes = c == '\\' && quote == '"' && at < line.length() && "\"\\".indexOf(line.charAt(at)) >= 0;
            add(escapes ? next("a backslash") : c);
        }
    }

    private char next(String what) {
        if (at == line.length()) {
            throw new IllegalArgumentException(what + " has no end");
        }
        return line.charAt(at++);
    }

    private void add(char c) {
        hasWord = true;
        word.append(c);
    }

    private void endWord() {
        if (hasWord) {
            words.add(word.toString());
            word.setLength(0);
            hasWord = false;
        }
    }
}
