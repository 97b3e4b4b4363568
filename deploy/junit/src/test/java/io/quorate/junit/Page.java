package io.quorate.junit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code of a page of Markdown in the fences that name a language, block by block. */
record Page(List<Block> blocks) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    record Block(String language, String code) {}

    /** @param file relative to the folder of the deploy module */
    static Page read(String file) throws IOException {
        return new Page(FENCE.matcher(Files.readString(Path.of("..", file)))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList());
    }

    /** All blocks of a language, in their order, as one program. */
    String code(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::code)
                .collect(joining("\n"));
    }
}
