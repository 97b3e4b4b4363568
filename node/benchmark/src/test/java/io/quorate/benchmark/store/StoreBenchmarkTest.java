package io.quorate.benchmark.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs every case on our own store, hardly any of it, so that the benchmark is found to work before somebody needs it.
 */
class StoreBenchmarkTest {
    private static final int KEYS = 400;
    private static final int VALUE_BYTES = 30;

    @TempDir
    private Path directory;

    @Test
    void everyCaseRunsAndIsReported() throws Exception {
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (Case which : Case.values()) {
            outcomes.add(run(which));
        }
        String report = String.join("\n", new Comparison(outcomes).lines());
        for (CaseOutcome outcome : outcomes) {
            assertTrue(report.contains("| " + outcome.which().label()), report);
            for (Row row : outcome.rows()) {
                assertTrue(row.operations() > 0 && row.maxUs() > 0, outcome.toString());
            }
        }
    }

    private CaseOutcome run(Case which) throws Exception {
        CaseOutcome outcome = new CaseRun(settings(which)).run();
        long writes = outcome.rows().stream()
                .filter(Row::writes)
                .mapToLong(Row::operations)
                .sum();
        assertEquals(writes * (KeySpace.KEY_BYTES + VALUE_BYTES), outcome.cost().userBytes());
        if (!which.isTimed()) {
            assertEquals(KEYS, writes, "operations of " + which.label());
        }
        return outcome;
    }

    private Settings settings(Case which) {
        String data = directory.resolve("data").toString();
        return new Settings(EngineKind.QUORATE, which, data, KEYS, VALUE_BYTES, 0.02, 0.01, 0, 1);
    }

    @Test
    void theRatioIsOursToTheirs() {
        List<CaseOutcome> pair = List.of(outcome(EngineKind.ROCKSDB, 2_000), outcome(EngineKind.QUORATE, 3_000));
        String row = new Comparison(pair).lines().get(3).replaceAll(" +", " ");
        assertTrue(row.startsWith("| hit-1 | 1,000 / 1,500 | 1.50 | 1.0 / 1.0 |"), row);
    }

    private static CaseOutcome outcome(EngineKind engine, long operations) {
        Row row = new Row("", false, operations, 2, 1, 1, 1, 1);
        return new CaseOutcome(
                engine, Case.HIT_1, KEYS, VALUE_BYTES, List.of(row), new CaseOutcome.Cost(0, 1, -1, 0, 0));
    }

    @Test
    void casesThatNeedDataBringTheFillThatLeavesIt() {
        Plan plan = new Plan(
                List.of(EngineKind.ROCKSDB, EngineKind.QUORATE),
                List.of(Case.SCAN_10),
                List.of(7),
                List.of(100, 1_000),
                1,
                1,
                1,
                1);
        List<String> steps = plan.steps("d").stream()
                .map(step -> step.which().label() + " " + step.engine().label() + " " + step.valueBytes())
                .toList();
        assertEquals(
                List.of(
                        "fill-random RocksDB 100",
                        "fill-random Quorate 100",
                        "scan-10 RocksDB 100",
                        "scan-10 Quorate 100",
                        "fill-random RocksDB 1000",
                        "fill-random Quorate 1000",
                        "scan-10 RocksDB 1000",
                        "scan-10 Quorate 1000"),
                steps);
    }

    @Test
    void absentKeysLieBetweenOrderedOnes() {
        KeySpace keys = new KeySpace(KEYS);
        for (int i = 0; i < KEYS; i++) {
            assertTrue(Arrays.compareUnsigned(keys.key(i), keys.absent(i)) < 0);
            assertTrue(i == 0 || Arrays.compareUnsigned(keys.absent(i - 1), keys.key(i)) < 0);
        }
        int[] order = keys.shuffled(1);
        assertFalse(Arrays.equals(IntStream.range(0, KEYS).toArray(), order));
        Arrays.sort(order);
        assertTrue(Arrays.equals(IntStream.range(0, KEYS).toArray(), order));
    }

    @Test
    void valuesCompressToAboutOneHalf() {
        Values values = new Values(1_000, 1);
        byte[] value = values.of(17);
        Deflater deflater = new Deflater();
        deflater.setInput(value);
        deflater.finish();
        int compressed = deflater.deflate(new byte[2_000]);
        deflater.end();
        assertTrue(compressed > 450 && compressed < 650, "1,000 bytes became " + compressed);
        assertTrue(values.isOf(17, value));
        value[999]++;
        assertFalse(values.isOf(17, value));
    }

    @Test
    void anUnknownCaseIsAnsweredWithThoseThereAre() {
        StringWriter said = new StringWriter();
        CommandLine command = StoreBenchmark.commandLine().setErr(new PrintWriter(said));
        assertEquals(2, command.execute("--cases", "hits"));
        assertTrue(
                said.toString().toLowerCase(Locale.ROOT).contains("no case 'hits'; there are [fill-sequential"),
                said::toString);
    }
}
