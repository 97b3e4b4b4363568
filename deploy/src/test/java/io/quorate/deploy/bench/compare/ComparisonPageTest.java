package io.quorate.deploy.bench.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of the page is that of the results beside it. */
final class ComparisonPageTest {
    private static final Path DOCS = Path.of("docs");

    @Test
    void thePageShowsTheResults() throws IOException {
        ComparisonFile results = ComparisonFile.read(DOCS.resolve("comparison.json"));
        String table = String.join("\n", new ComparisonTable(results).lines());

        String page = Files.readString(DOCS.resolve("benchmarks.md"));

        assertTrue(page.contains(table), () -> "benchmarks.md has another table than\n" + table);
        assertTrue(page.contains(results.day()), () -> "benchmarks.md does not say that this was on " + results.day());
    }
}
