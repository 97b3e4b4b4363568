package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources: the formatter breaks no comment but Javadoc. */
class SourcesTest {
    private static final int WIDTH_MAX = 120;
    private static final Pattern COMMENT = Pattern.compile("^\\s*(/?\\*|//)");

    @Test
    void noCommentIsWiderThanTheFormatterMakesThem() {
        List<String> wide = new ArrayList<>();
        for (Path file : Sources.all()) {
            List<String> lines = Sources.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDTH_MAX
                        && COMMENT.matcher(lines.get(i)).find()) {
                    wide.add(file + ":" + (i + 1));
                }
            }
        }
        assertEquals(List.of(), wide);
    }
}
