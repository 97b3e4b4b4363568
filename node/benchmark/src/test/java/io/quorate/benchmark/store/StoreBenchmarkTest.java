package io.quorate.benchmark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
            assertNotEquals(0, outcome.memory().residentBytes(), outcome.toString());
            assertTrue(outcome.tables().written() >= 0, outcome.toString());
            assertFalse(outcome.tables().levels().isEmpty(), outcome.toString());
        }
    }

    private CaseOutcome run(Case which) throws Exception {
        CaseOutcome outcome = new CaseRun(settings(which)).run();
        long writes = outcome.rows().stream()
                .filter(Row::writes)
                .mapToLong(Row::operations)
                .sum();
        assertEquals(writes * (KeySpace.KEY_BYTES + VALUE_BYTES), outcome.cost().userBytes());
        if (which.writesAllKeys()) {
            assertEquals(KEYS, writes, "operations of " + which.label());
        }
        assertFalse(Files.exists(directory.resolve("data-warmup")), which.label());
        return outcome;
    }

    private Settings settings(Case which) {
        String data = directory.resolve("data").toString();
        Dataset dataset = new Dataset(KEYS, VALUE_BYTES, 1);
        MemorySizes memory = new MemoryBudget(256, 5).sizes(EngineKind.QUORATE, which, dataset);
        return new Settings(EngineKind.QUORATE, which, data, dataset, new Timing(0.02, 0.01, 0), memory);
    }

    @Test
    void aStoreIsOpenedOnceWithWhatWasLeftAndFourTimesAgain() throws Exception {
        run(Case.FILL_RANDOM);
        List<String> opens = run(Case.OPEN).rows().stream()
                .map(row -> row.what().replaceAll(",.*", "") + " " + row.operations())
                .toList();
        assertEquals(List.of("first 1", "again 4"), opens);
    }

    @Test
    void theRatioIsOursToTheirs() {
        List<CaseOutcome> pair = List.of(outcome(EngineKind.ROCKSDB, 2_000), outcome(EngineKind.QUORATE, 3_000));
        String row = new Comparison(pair).lines().get(3).replaceAll(" +", " ");
        assertTrue(row.startsWith("| hit-1 | 1,000 / 1,500 | 1.50 | 1.0 / 1.0 |"), row);
    }

    private static CaseOutcome outcome(EngineKind engine, long operations) {
        return outcome(engine, operations, MemoryUse.UNKNOWN, TableBytes.NONE);
    }

    private static CaseOutcome outcome(EngineKind engine, long operations, MemoryUse memory, TableBytes tables) {
        Row row = new Row("", false, operations, 2, 1, 1, 1, 2_500);
        CaseOutcome.Cost cost = new CaseOutcome.Cost(0, 1, -1, 1_000, 0);
        return new CaseOutcome(engine, Case.HIT_1, KEYS, VALUE_BYTES, List.of(row), cost, memory, tables);
    }

    @Test
    void memoryAndLevelsAreSeparateAndWhatNoRunSaysIsLeftOut() {
        TableBytes ours = new TableBytes(2_000, List.of(0L, 3_000_000L, 0L));
        MemoryUse memory = new MemoryUse(new MemorySizes(300, 50_000_000, Long.MAX_VALUE), 700_000_000);
        List<CaseOutcome> pair = List.of(outcome(EngineKind.ROCKSDB, 1), outcome(EngineKind.QUORATE, 1, memory, ours));
        List<String> lines = new Comparison(pair)
                .lines().stream().map(line -> line.replaceAll(" +", " ")).toList();
        String speed = "| 400 x 30 B | op/s | ratio | p50 us | p99 us | p99.9 us | longest ms | CPU us/op | tables x"
                + " | MB on disk | at rest s |";
        assertEquals(speed, lines.get(1));
        assertEquals(
                "| hit-1 | 1 / 1 | 1.00 | 1.0 / 1.0 | 1.0 / 1.0 | 1 / 1 | 2.5 / 2.5 | 1000000.00 / 1000000.00"
                        + " | - / 2.00 | 0 / 0 | 0.0 / 0.0 |",
                lines.get(3));
        assertEquals("| 400 x 30 B | heap MiB | cache MB | resident MB | L1 MB |", lines.get(5));
        assertEquals("| hit-1 | - / 300 | - / 50 | - / 700 | - / 3 |", lines.get(7));
    }

    @Test
    void aTableSaysWhereThePageCacheWasNotEmptied() {
        Row row = new Row("", false, 1, 1, 1, 1, 1, 1);
        Row open = new Row("first", false, 1, 1, 1, 1, 1, 1);
        List<Row> rows = List.of(row.withWarmPages(), open.withWarmPages());
        CaseOutcome.Cost cost = new CaseOutcome.Cost(0, 1, -1, 0, 0);
        CaseOutcome outcome = new CaseOutcome(
                EngineKind.QUORATE, Case.OPEN, KEYS, VALUE_BYTES, rows, cost, MemoryUse.UNKNOWN, TableBytes.NONE);
        List<String> lines = new Comparison(List.of(outcome)).lines();
        assertTrue(lines.get(3).startsWith("| open: page cache not emptied "), lines::toString);
        assertTrue(lines.get(4).startsWith("| open: first, page cache not emptied "), lines::toString);
    }

    @Test
    void filesAreTheSameAfterTheyWereInThePageCacheAndOutOfIt() throws Exception {
        Path file = Files.createDirectories(directory.resolve("deep")).resolve("file");
        byte[] content = new Values(3_000_000, 1).of(7);
        Files.write(file, content);
        PageCache.fill(directory);
        PageCache.empty(directory);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of(file), Folder.files(directory));
    }

    @Test
    void aCacheOnTheHeapThatIsLargerThanUsualMakesTheHeapLarger() {
        MemoryBudget budget = new MemoryBudget(256, 5);
        Dataset small = new Dataset(1_000, 1_000, 1);
        Dataset large = new Dataset(20_000_000, 1_000, 1);
        assertEquals(new MemorySizes(256, 50_800, 64 << 20), budget.sizes(EngineKind.QUORATE, Case.HIT_1, small));
        assertEquals(
                new MemorySizes(256, 1_016_000_000, 64 << 20), budget.sizes(EngineKind.ROCKSDB, Case.HIT_1, large));
        assertEquals(
                new MemorySizes(256 + 1_937, 1_016_000_000, (256L + 1_937 << 20) / 4),
                budget.sizes(EngineKind.QUORATE, Case.HIT_1, large));
        assertEquals(
                new MemorySizes(256 + 77_514, 40_640_000_000L, Long.MAX_VALUE),
                new MemoryBudget(256, 0).sizes(EngineKind.QUORATE, Case.CACHED_HIT_1, large));
    }

    @Test
    void aProcessThatWritesIsNotStuckForAnyTime() {
        long minute = TimeUnit.MINUTES.toNanos(1);
        Standstill standstill = new Standstill(0, -minute);
        for (int at = 0; at < 100; at++) {
            assertFalse(standstill.isTooLong(at + 1, at * minute));
        }
        assertFalse(standstill.isTooLong(100, 104 * minute));
        assertTrue(standstill.isTooLong(100, 104 * minute + 1));
        assertFalse(new Standstill(-1, 0).isTooLong(-1, 200 * minute), "not known");
    }

    @Test
    void aLongCaseSaysEveryFifteenSecondsHowFarItIs() {
        long second = TimeUnit.SECONDS.toNanos(1);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(said, true, UTF_8), "operations", 0, 0);
        assertFalse(progress.isDue(15 * second - 1));
        assertTrue(progress.isDue(15 * second));
        progress.tell(20 * second, 40_000);
        assertFalse(progress.isDue(30 * second));
        progress.tell(40 * second, 50_000);
        assertEquals(
                List.of(
                        "after 20 s: 40,000 operations, 2,000 a second lately",
                        "after 40 s: 50,000 operations, 500 a second lately"),
                said.toString(UTF_8)
                        .lines()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .toList());
    }

    @Test
    void casesThatNeedDataBringTheFillThatLeavesIt() {
        Plan plan = plan("--cases", "scan-10", "--keys", "7");
        List<String> steps = plan.steps("d").stream()
                .map(step -> step.which().label() + " " + step.engine().label() + " "
                        + step.dataset().valueBytes())
                .toList();
        assertTrue(plan.steps("d").stream().allMatch(step -> step.dataset().keys() == 7));
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
    void aLargeStoreHasSoManyKeysAndFewCasesAndASmallCache() {
        Plan plan = plan("--large", "20");
        assertEquals(List.of(new Dataset(19_685_039, 1_000, 1)), plan.datasets());
        assertEquals(20e9, plan.datasets().get(0).bytes(), 1_016);
        assertEquals(new MemoryBudget(256, 5), plan.memory());
        assertEquals(20, plan.timing().seconds());
        assertFalse(plan.cases().contains(Case.CACHED_HIT_1));
        assertTrue(plan.cases().contains(Case.OPEN));
        assertEquals(50e9, plan.diskBytes(), 1e6);
    }

    @Test
    void otherOptionsChangeWhatALargeStoreIs() {
        Plan plan = plan(
                "--large",
                "0.5",
                "--value-bytes",
                "100,4000",
                "--cache-percent",
                "2.5",
                "--cases",
                "hit-2",
                "--seconds",
                "3");
        assertEquals(List.of(new Dataset(4_310_344, 100, 1), new Dataset(124_501, 4_000, 1)), plan.datasets());
        assertEquals(2.5, plan.memory().cachePercent());
        assertEquals(List.of(Case.HIT_2), plan.cases());
        assertEquals(3, plan.timing().seconds());
        assertEquals(20, plan.timing().warmupSeconds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--large 1 --keys 7 | give --large or --keys, not both",
                "--large 0 | --large: allowed is more than 0, up to 1,016 with values of 1000 bytes",
                "--large 1017 | --large: allowed is more than 0, up to 1,016 with values of 1000 bytes",
                "--cache-percent 0 | --cache-percent: allowed is more than 0, up to 100",
                "--value-bytes 9,9 | --value-bytes: each length may be given once",
                "--keys 1000000001 | --keys: allowed are 1 to 10^9",
                "--large 1000 | this takes about 2,500.0 GB in",
            })
    void optionsOutOfBoundsAreRefusedBeforeAnythingRuns(String arguments, String answer) {
        StringWriter said = new StringWriter();
        CommandLine command = StoreBenchmark.commandLine().setErr(new PrintWriter(said));
        List<String> all = new ArrayList<>(List.of("--directory", directory.toString()));
        all.addAll(List.of(arguments.split(" ")));
        assertEquals(2, command.execute(all.toArray(String[]::new)));
        assertTrue(said.toString().contains(answer), said::toString);
        assertEquals(0, directory.toFile().list().length, "files were made");
    }

    private static Plan plan(String... arguments) {
        BenchmarkOptions options = new BenchmarkOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return options.plan();
    }

    @Test
    void absentKeysLieBetweenOrderedOnes() {
        KeySpace keys = new KeySpace(KEYS);
        for (int i = 0; i < KEYS; i++) {
            assertTrue(Arrays.compareUnsigned(keys.key(i), keys.absent(i)) < 0);
            assertTrue(i == 0 || Arrays.compareUnsigned(keys.absent(i - 1), keys.key(i)) < 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 65, 400, 70_001})
    void aShuffledOrderHasEachNumberOnceAndNoPattern(int count) {
        ShuffledOrder order = new ShuffledOrder(count, 1);
        int[] numbers = IntStream.range(0, count).map(order::at).toArray();
        assertArrayEquals(
                IntStream.range(0, count).toArray(),
                Arrays.stream(numbers).sorted().toArray());
        if (count > 64) {
            long rises = IntStream.range(1, count)
                    .filter(i -> numbers[i] > numbers[i - 1])
                    .count();
            assertEquals(0.5, rises / (double) count, 0.15);
            long steps = IntStream.range(1, count)
                    .map(i -> numbers[i] - numbers[i - 1])
                    .distinct()
                    .count();
            assertTrue(steps > count / 3, steps + " distances");
            ShuffledOrder other = new ShuffledOrder(count, 2);
            assertFalse(Arrays.equals(
                    numbers, IntStream.range(0, count).map(other::at).toArray()));
        }
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
