package io.quorate.benchmark.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file keeps the results of a run. */
class ResultsTest {
    @Test
    void whatIsWrittenIsReadBack(@TempDir Path directory) throws IOException {
        Row row = new Row("", false, 2_000, 2, 1, 1, 1, 1);
        CaseOutcome outcome = new CaseOutcome(EngineKind.QUORATE, Case.HIT_1, 7, 100, List.of(row), 0, 1, -1, 0, 0);
        Results results = new Results("2026-11-28", 2, 17, 256, 4, 3, List.of(outcome));
        Path file = directory.resolve("new/results.json");
        results.write(file);
        assertEquals(results, Results.read(file));
    }
}
