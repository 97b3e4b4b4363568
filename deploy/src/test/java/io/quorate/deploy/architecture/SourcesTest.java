package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources: the formatter leaves comments as they are, a compiler uses ordinals itself. */
class SourcesTest {
    private static final int WIDTH_MAX = 120;

    /** Where ordinals are places in an array and leave no process. */
    private static final Set<String> IN_MEMORY_ONLY = Set.of("OperationMetrics.java");

    @Test
    void noLineIsWiderThanTheFormatterMakesThem() {
        List<String> wide = new ArrayList<>();
        for (Path file : Sources.all()) {
            List<String> lines = Sources.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDTH_MAX) {
                    wide.add(file + ":" + (i + 1));
                }
            }
        }
        assertEquals(List.of(), wide);
    }

    /** A code on disk or on the wire is explicit: an enum may be put into another order. */
    @Test
    void noFormatIsWrittenByOrdinals() {
        List<Path> found = Sources.main().stream()
                .filter(file -> Sources.text(file).contains(".ordinal()"))
                .filter(file -> !IN_MEMORY_ONLY.contains(file.getFileName().toString()))
                .toList();
        assertEquals(List.of(), found);
    }
}
