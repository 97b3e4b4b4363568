package io.quorate.deploy.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTableTest {
    private static final ComparisonFile FILE = new ComparisonFile(
            "2026-11-29",
            2,
            "Linux",
            "17",
            List.of("quorate x", "etcd y"),
            3,
            45,
            10,
            100,
            List.of(
                    run("writes", "Quorate", 3_000, 10, 0),
                    run("writes", "etcd", 1_000, 10, 0),
                    run(ComparedTurn.KILL, "Quorate", 1, 70, 0),
                    run(ComparedTurn.KILL, "etcd", 1, 1_200, 12),
                    run("writes", "Quorate", 2_000, 10, 0),
                    run("writes", "etcd", 800, 10, 0),
                    run("writes", "Quorate", 9_000, 10, 0),
                    run("writes", "etcd", 1_100, 10, 0)),
            List.of(
                    new ComparedStart(ComparedTurn.ONE_NODE, "Quorate", 1_500, 4_000),
                    new ComparedStart(ComparedTurn.ONE_NODE, "etcd", 2_500, 3_000),
                    new ComparedStart(ComparedTurn.ONE_NODE, "Quorate", 1_700, 5_000)));

    private static ComparedRun run(String load, String system, double perS, double gapMs, long failed) {
        return new ComparedRun(load, system, perS, 1.5, 20, 2.25, perS < 2 ? 0 : 12.5, 400, gapMs, failed);
    }

    @Test
    void aLineHasTheMediansAndTheirRatio() {
        List<String> lines = new ComparisonTable(FILE).lines();

        assertEquals("| load | Quorate | etcd | ratio |", lines.get(0));
        assertEquals(
                "| writes | 3,000 (2,000 to 9,000)/s; p50 1.50, p99 20.0 ms; CPU 2.25 s; disk 12.5"
                        + " | 1,000 (800 to 1,100)/s; p50 1.50, p99 20.0 ms; CPU 2.25 s; disk 12.5 | 3.0 |",
                lines.get(2));
        assertEquals(
                "| SIGKILL of a node | longest gap 70 (70 to 70) ms; failed through the survivors 0 (0 to 0); largest node 400 (400 to 400) MiB"
                        + " | longest gap 1,200 (1,200 to 1,200) ms; failed through the survivors 12 (12 to 12); largest node 400 (400 to 400) MiB |  |",
                lines.get(3));
        assertEquals(
                "| start after SIGKILL of one node | ready in 1,600 (1,500 to 1,700) ms; 4,500 (4,000 to 5,000)/s after 5 s"
                        + " | ready in 2,500 (2,500 to 2,500) ms; 3,000 (3,000 to 3,000)/s after 5 s |  |",
                lines.get(4));
    }

    @Test
    void whatARunThatWasCutDidNotMeasureIsLeftOpen() {
        ComparisonFile cut = new ComparisonFile(
                FILE.day(),
                FILE.cores(),
                FILE.kernel(),
                FILE.java(),
                FILE.versions(),
                FILE.rounds(),
                FILE.warmupSeconds(),
                FILE.seconds(),
                FILE.keys(),
                List.of(
                        run("writes", "Quorate", 3_000, 10, 0),
                        run("writes", "etcd", 1_000, 10, 0),
                        run("reads", "Quorate", 5_000, 10, 0)),
                List.of());
        assertEquals(
                "| reads | 5,000 (5,000 to 5,000)/s; p50 1.50, p99 20.0 ms; CPU 2.25 s; disk 12.5 | - | - |",
                new ComparisonTable(cut).lines().get(3));
    }

    @Test
    void aFileGivesBackWhatWasWritten(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("comparison.json");
        FILE.write(file);
        assertEquals(FILE, ComparisonFile.read(file));
    }
}
