package io.quorate.node.lsm.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Some seconds of stress in every build. {@code scripts/stress} gives it longer, and a file for its figures. */
@Tag("faults")
class StressTest {
    private static final long SECONDS = Long.getLong("stress.seconds", 18);
    private static final long SEED = Long.getLong("stress.seed", 1);
    private static final Optional<Path> RESULT =
            Optional.ofNullable(System.getProperty("stress.result")).map(Path::of);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrTornWhileEverythingOverlaps(TestReporter reporter) throws Exception {
        Stress stress = new Stress(folder, SEED);
        stress.run(SECONDS);
        Map<String, Long> counts = stress.counts().all();
        reporter.publishEntry("counts", counts.toString());
        if (RESULT.isPresent()) {
            write(RESULT.get(), counts);
        }
        Map<String, Long> missing = new TreeMap<>(counts);
        missing.keySet().remove("stalls");
        missing.values().removeIf(count -> count > 0);
        assertEquals(Map.of(), missing, "the stress did none of these");
    }

    private static void write(Path file, Map<String, Long> counts) throws IOException {
        StringBuilder text = new StringBuilder("seconds " + SECONDS + "\nseed " + SEED + "\nprocessors "
                + Runtime.getRuntime().availableProcessors() + "\njdk " + Runtime.version() + "\n");
        counts.forEach(
                (name, count) -> text.append(name).append(' ').append(count).append('\n'));
        Files.writeString(file, text);
    }
}
