package io.quorate.junit;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What code says that it prints. */
final class Printed {
    private static final Pattern LINE = Pattern.compile("(?m)^(?:#|//) => (.*)$");

    private Printed() {}

    /** Spaces and line ends do not count. Dots stand for anything. */
    static void assertSaidBy(String code, String output) {
        String said = LINE.matcher(code).results().map(line -> line.group(1)).collect(joining("\n"));
        assertFalse(said.isEmpty(), code);
        String pattern = Arrays.stream(dense(said).split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(joining(".*?"));
        if (!dense(output).matches(pattern)) {
            assertEquals(said, output);
        }
    }

    private static String dense(String text) {
        return text.replaceAll("\\s", "");
    }
}
