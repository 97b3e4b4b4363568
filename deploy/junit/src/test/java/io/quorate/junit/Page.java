package io.quorate.junit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code that a page of Markdown shows, block by block. */
record Page(String name, List<Block> blocks) {
    /** In a fence that may name a language, or indented. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$|(?:^ {4}[^\n]*\n)+");

    /** @param language empty if the page names none */
    record Block(String language, String code) {
        String firstLine() {
            return code.lines().findFirst().orElse("").strip();
        }
    }

    /** @param file relative to the folder of the deploy module */
    static Page read(String file) throws IOException {
        List<Block> blocks = BLOCK.matcher(Files.readString(Path.of("..", file)))
                .results()
                .map(found -> found.group(2) == null
                        ? new Block("", found.group())
                        : new Block(found.group(1), found.group(2)))
                .toList();
        return new Page(file, blocks);
    }

    /** All blocks of a language, in their order, as one program. */
    String code(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::code)
                .collect(joining("\n"));
    }
}
