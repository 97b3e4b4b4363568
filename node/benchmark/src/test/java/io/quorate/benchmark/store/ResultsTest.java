package io.quorate.benchmark.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures in texts are those of a file that the benchmark wrote. */
class ResultsTest {
    private static final Path TEXTS = Path.of("../docs");
    private static final Path RESULTS = Path.of("results");

    /** A table in a text stands between {@code <!-- results: FILE -->} and {@code <!-- end of results -->}. */
    private static final Pattern TABLE =
            Pattern.compile("<!-- results: (\\S+) -->\\n(.*?)<!-- end of results -->", Pattern.DOTALL);

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path directory) throws IOException {
        Row row = new Row("", false, 2_000, 2, 1, 1, 1, 1);
        CaseOutcome outcome = new CaseOutcome(
                EngineKind.QUORATE,
                Case.HIT_1,
                7,
                100,
                List.of(row),
                new CaseOutcome.Cost(0, 1, -1, 0, 0),
                new MemoryUse(new MemorySizes(256, 32 << 20, Long.MAX_VALUE), 300 << 20),
                new TableBytes(17, List.of(0L, 4L)));
        Results results = new Results("2026-11-28", 2, 17, 256, 4, 3, List.of(outcome));
        Path file = directory.resolve("new/results.json");
        results.write(file);
        assertEquals(results, Results.read(file));
    }

    @Test
    void theTablesInTheTextsAreThoseOfTheirFiles() throws IOException {
        List<String> tables = new ArrayList<>();
        try (Stream<Path> texts = Files.list(TEXTS)) {
            for (Path text :
                    texts.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher table = TABLE.matcher(Files.readString(text));
                while (table.find()) {
                    tables.add(table.group(1));
                    String lines = String.join(
                            "\n", Results.read(RESULTS.resolve(table.group(1))).lines());
                    assertEquals(lines.strip(), table.group(2).strip(), text + ": print it anew with --from");
                }
            }
        }
        assertFalse(tables.isEmpty(), "no text in " + TEXTS + " has a table of results");
    }
}
