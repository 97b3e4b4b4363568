package io.quorate.deploy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A line is split as a POSIX shell splits it. */
class ShellWordsTest {
    @Test
    void wordsAreSplitAtSpacesAndQuotesKeepThemTogether() {
        assertEquals(List.of("put", "a b", "it's", ""), ShellWords.of("  put 'a b'\t\"it's\" ''"));
        assertEquals(List.of("a b", "c\"d", "e\\f"), ShellWords.of("a\\ b \"c\\\"d\" 'e\\f'"));
        assertEquals(List.of("ab"), ShellWords.of("a'b'"));
    }

    @Test
    void nothingIsExpanded() {
        assertEquals(List.of("$HOME", "*", "~", "!!"), ShellWords.of("$HOME * ~ !!"));
    }

    @Test
    void aCommentEndsTheLineButIsNoPartOfAWord() {
        assertEquals(List.of("get", "a#b"), ShellWords.of("get a#b # not this"));
        assertEquals(List.of(), ShellWords.of("# nothing"));
    }

    @Test
    void aQuoteWithoutAnEndIsAMistake() {
        assertEquals(
                "the quote at column 5 has no end",
                assertThrows(IllegalArgumentException.class, () -> ShellWords.of("put 'a"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ShellWords.of("put a\\"));
    }
}
