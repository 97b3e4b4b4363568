package io.quorate.benchmark.store;

import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.options.StoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench store",
        description = {
            "Compares the store of a node with RocksDB on this machine, case by case, and prints ratios.",
            "Both do the same operations on the same keys and values (16 bytes; half compressible) in the same order,",
            "each case in a JVM of its own with a node's options, RocksDB by JNI."
        },
        sortOptions = false,
        usageHelpWidth = 120,
        showDefaultValues = true,
        footer = {
            "",
            "Cases:",
            "  fill-sequential     one thread writes each key once, in order. RocksDB never forces its log; Quorate forces all",
            "                      of it, with up to 16,384 writes on their way",
            "  fill-random         the same in random order",
            "  fsync-N             N threads write random keys; each waits until its write is forced",
            "  hit-N, miss-N       N threads get random keys; the cache of blocks is 32 MiB",
            "  cached-hit-N        the same with a cache for all the data",
            "  scan-N              one thread opens an iterator, seeks to a random key and takes N entries, again and again",
            "  read-while-writing  one thread gets random keys while another one writes random ones as in fill-random",
            "  overwrite           one thread writes as many random keys as there are",
            "All from hit-1 on use what fill-random left.",
            "",
            "No engine is asked to compact: 'at rest' is how long work in the background went on after the last operation.",
            "CPU (of all threads) and 'written' (bytes passed to the kernel for each byte of keys and values) include it.",
            "The latency of a fill is how long the caller was held, not when the write was safe.",
            "",
            "Options of RocksDB: size and number of memtables, size of blocks, cache of blocks, bits of the Bloom filter for",
            "each key, and compression as Quorate's by default; 2 background jobs; log on; the rest as it comes.",
            "",
            "Example: scripts/bench store --cases fsync-1,fsync-64,hit-1 --value-bytes 1000 --keys 1000000"
        })
final class StoreBenchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and end")
    private boolean help;

    @Option(names = "--cases", split = ",", paramLabel = "CASE", description = "which cases; all if not given")
    private List<String> cases = Case.labels();

    @Option(
            names = "--value-bytes",
            split = ",",
            defaultValue = "100,1000",
            paramLabel = "N",
            description = "lengths of values, one table for each")
    private List<Integer> valueBytes;

    @Option(
            names = "--keys",
            split = ",",
            defaultValue = "3000000,1000000",
            paramLabel = "N",
            description = "how many keys, for each length of values")
    private List<Integer> keys;

    @Option(names = "--engines", split = ",", defaultValue = "rocksdb,quorate", description = "rocksdb, quorate")
    private List<EngineKind> engines;

    @Option(names = "--seconds", defaultValue = "4", description = "how long a closed loop is measured")
    private double seconds;

    @Option(names = "--warmup-seconds", defaultValue = "2", description = "the same work before it is measured")
    private double warmupSeconds;

    @Option(names = "--rounds", defaultValue = "1", description = "repeats each pair, and reports the medians")
    private int rounds;

    @Option(names = "--heap-mb", defaultValue = "256", description = "of each JVM; more where all data is cached")
    private int heapMb;

    @Option(names = "--seed", defaultValue = "1", description = "the same seed, the same keys in the same order")
    private long seed;

    @Option(
            names = "--directory",
            defaultValue = "${sys:bench.directory:-.}",
            description = "where a folder for the data is made, and deleted at the end; on a real disk")
    private Path directory;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "the file that all figures are written to; if not given, one in node/benchmark/target")
    private Path json;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "run nothing: print the tables of the file that an earlier run wrote")
    private Path from;

    @Option(
            names = "--profile",
            paramLabel = "FOLDER",
            description = "also write a Flight Recorder file of each case there; costs some speed")
    private Path profiles;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new StoreBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from != null) {
            print(Results.read(from));
            return 0;
        }
        Plan plan = plan();
        if (profiles != null) {
            Files.createDirectories(profiles);
        }
        Path data = Files.createTempDirectory(Files.createDirectories(directory), "store-benchmark-");
        deleteAtEnd(data);
        List<CaseOutcome> outcomes = new ArrayList<>();
        try {
            run(plan.steps(data.toString()), outcomes);
            return 0;
        } finally {
            report(medians(outcomes));
        }
    }

    private Plan plan() {
        require(keys.stream().allMatch(count -> count > 0 && count <= 100_000_000), "--keys: allowed are 1 to 10^8");
        require(
                valueBytes.stream()
                        .allMatch(bytes -> bytes > 0
                                && bytes <= StoreOptions.DEFAULTS.writes().valueBytesMax()),
                "--value-bytes: allowed are 1 to "
                        + StoreOptions.DEFAULTS.writes().valueBytesMax());
        require(seconds > 0 && warmupSeconds > 0, "--seconds and --warmup-seconds must be more than 0");
        require(rounds > 0 && heapMb > 0, "--rounds and --heap-mb must be at least 1");
        return new Plan(engines, selected(), keys, valueBytes, rounds, seconds, warmupSeconds, seed);
    }

    private List<Case> selected() {
        try {
            return cases.stream().map(Case::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void run(List<Settings> steps, List<CaseOutcome> outcomes) throws IOException, InterruptedException {
        ChildJvm child = new ChildJvm(heapMb, Optional.ofNullable(profiles));
        for (Settings step : steps) {
            tell(String.format(
                    Locale.ROOT,
                    "%3d of %d  %,5d B  %-18s  %-8s",
                    outcomes.size() + 1,
                    steps.size(),
                    step.valueBytes(),
                    step.which().label(),
                    step.engine().label()));
            CaseOutcome outcome = child.run(step);
            outcomes.add(outcome);
            outcome.rows()
                    .forEach(row -> tell(String.format(
                            Locale.ROOT, "%,61.0f/s %s %.1f s", row.perSecond(), row.what(), row.seconds())));
        }
    }

    private void tell(String progress) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(progress);
        err.flush();
    }

    /** Of the outcomes of the same case, the one in the middle by its first group's speed. */
    private static List<CaseOutcome> medians(List<CaseOutcome> outcomes) {
        Map<List<Object>, List<CaseOutcome>> same = new LinkedHashMap<>();
        for (CaseOutcome each : outcomes) {
            List<Object> what = List.of(each.valueBytes(), each.which(), each.engine());
            same.computeIfAbsent(what, unseen -> new ArrayList<>()).add(each);
        }
        return same.values().stream().map(StoreBenchmark::median).toList();
    }

    private static CaseOutcome median(List<CaseOutcome> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparing(outcome -> outcome.rows().get(0).perSecond()))
                .toList()
                .get(rounds.size() / 2);
    }

    private void report(List<CaseOutcome> outcomes) throws IOException {
        Results results = new Results(
                LocalDate.ofInstant(Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()), ZoneOffset.UTC)
                        .toString(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                heapMb,
                seconds,
                rounds,
                outcomes);
        print(results);
        Path file = json == null ? directory.resolve("store-benchmark.json") : json;
        results.write(file);
        tell("all figures are in " + file + "; --from " + file + " prints these tables again");
    }

    private void print(Results results) {
        PrintWriter out = spec.commandLine().getOut();
        results.lines().forEach(out::println);
        out.flush();
    }

    private static void deleteAtEnd(Path data) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Folder.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
