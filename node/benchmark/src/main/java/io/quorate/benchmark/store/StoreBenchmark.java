package io.quorate.benchmark.store;

import io.quorate.common.time.SystemClock;
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
import picocli.CommandLine.Mixin;
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
            "  open                one thread opens the store until its first get answers, with none of its files in the kernel's",
            "                      page cache: first as the case before left it, with a log of Quorate, then four times again",
            "  hit-N, miss-N       N threads get random keys, which are there or lie between those",
            "  cold-hit-1          hit-1 after a warm-up, then with none of the files in the kernel's page cache",
            "  cached-hit-N        hit-N with a cache of blocks for all the data",
            "  scan-N              one thread opens an iterator, seeks to a random key and takes N entries, again and again",
            "  read-while-writing  one thread gets random keys while another one writes random ones as in fill-random",
            "  overwrite           one thread writes as many random keys as there are",
            "All from open on use what fill-random left. Where no file has to be out of the page cache, all are read once",
            "before, so that both engines find the same. Only GNU dd can evict a file. Without it, the table says so.",
            "",
            "No engine is asked to compact: 'at rest' is how long work in the background went on after the last operation.",
            "CPU (of all threads) and 'written' (bytes passed to the kernel for each byte of keys and values) include it.",
            "'Tables' is 'written' without the log, by the engine's own count. The latency of a fill is how long the caller",
            "was held, not when the write was safe. So 'longest' is the longest stop of a fill. 'Resident' is the memory of the",
            "process at the end of a case. L0, L1, ... are the levels of the tree.",
            "",
            "Options of RocksDB: size and number of memtables, size of blocks, cache of blocks, bits of the Bloom filter for",
            "each key, and compression as Quorate's by default; 2 background jobs; log on; the rest as it comes.",
            "",
            "Examples: scripts/bench store --cases fsync-1,fsync-64,hit-1 --value-bytes 1000 --keys 1000000",
            "          scripts/bench store --large 20"
        })
final class StoreBenchmark implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and end")
    private boolean help;

    @Mixin
    private BenchmarkOptions options = new BenchmarkOptions();

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
        requireSpace(plan);
        if (profiles != null) {
            Files.createDirectories(profiles);
        }
        Path data = Files.createTempDirectory(directory, "store-benchmark-");
        deleteAtEnd(data);
        List<CaseOutcome> outcomes = new ArrayList<>();
        try {
            run(plan, data, outcomes);
            return 0;
        } finally {
            report(results(plan, outcomes));
        }
    }

    private Plan plan() {
        try {
            return options.plan();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void requireSpace(Plan plan) throws IOException {
        long free = Files.getFileStore(Files.createDirectories(directory)).getUsableSpace();
        if (free < plan.diskBytes()) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(
                            Locale.ROOT,
                            "this takes about %,.1f GB in %s, and %,.1f GB are free. Nothing was run. Use another"
                                    + " --directory, or less data",
                            plan.diskBytes() / 1e9,
                            directory,
                            free / 1e9));
        }
    }

    private void run(Plan plan, Path data, List<CaseOutcome> outcomes) throws IOException, InterruptedException {
        ChildJvm child = new ChildJvm(Optional.ofNullable(profiles));
        List<Settings> steps = plan.steps(data.toString());
        for (Settings step : steps) {
            tell(String.format(
                    Locale.ROOT,
                    "%3d of %d  %,5d B  %-18s  %-8s",
                    outcomes.size() + 1,
                    steps.size(),
                    step.dataset().valueBytes(),
                    step.which().label(),
                    step.engine().label()));
            CaseOutcome outcome = child.run(step);
            outcomes.add(outcome);
            results(plan, outcomes).write(file());
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

    private Results results(Plan plan, List<CaseOutcome> outcomes) {
        return new Results(
                LocalDate.ofInstant(Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()), ZoneOffset.UTC)
                        .toString(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                plan.memory().heapMb(),
                plan.timing().seconds(),
                plan.rounds(),
                medians(outcomes));
    }

    private void report(Results results) {
        print(results);
        tell("all figures are in " + file() + "; --from " + file() + " prints these tables again");
    }

    private Path file() {
        return json == null ? directory.resolve("store-benchmark.json") : json;
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
