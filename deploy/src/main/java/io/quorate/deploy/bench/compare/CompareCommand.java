package io.quorate.deploy.bench.compare;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.build.Build;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.LineReporter;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.OptionRange;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        description = {
            "Puts a cluster of Quorate and one of etcd under the same loads, in turns, on this machine.",
            "Both have three nodes with default options, which force each write to a majority's disks and make reads linearizable."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared",
            "1:a cluster did not start, or did not go on; what was measured is printed",
            "2:the command is wrong, or there is no etcd; nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Prints a table in Markdown: medians of the rounds, and the least and the most. CPU is that of all three nodes for 10,000"
                    + " operations; disk is what the disk below all nodes wrote for each byte of a value, whoever caused it. The"
                    + " generator shares the machine. For both systems it sends bytes that were made in advance. Ctrl-C ends it early, and prints what"
                    + " was measured until then.",
            "",
            "Examples:",
            "  quorate bench compare --results comparison.json",
            "  quorate bench compare --table comparison.json"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final int KEYS_MAX = 10_000_000;
    private static final int ROUNDS_MAX = 100;
    private static final int SECONDS_MAX = 3_600;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--etcd",
            paramLabel = "FILE",
            defaultValue = "etcd",
            description = "etcd's program. Debian has it in the package etcd-server")
    private String etcd;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "how often each load has its turn")
    private int rounds;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "N",
            defaultValue = "45",
            description = "load on each cluster before the first turn")
    private int warmupSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how long to measure in each turn")
    private int seconds;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "100000", description = "how many keys there are")
    private long keys;

    @Option(names = "--results", paramLabel = "FILE", description = "write all results to this file too, as JSON")
    private Path results;

    @Option(names = "--table", paramLabel = "FILE", description = "compare nothing: print the table of such a file")
    private Path table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (table != null) {
            print(ComparisonFile.read(table));
            return ExitCode.SUCCESS;
        }
        OptionRange range = new OptionRange(spec);
        range.require("--rounds", rounds, 1, ROUNDS_MAX);
        range.require("--warmup-seconds", warmupSeconds, 0, SECONDS_MAX);
        range.require("--seconds", seconds, 1, SECONDS_MAX);
        range.require("--keys", keys, 1, KEYS_MAX);
        Path program = program();
        try (Interruption interruption = Interruption.awaited()) {
            return compare(
                    program,
                    new ComparisonPlan(rounds, warmupSeconds, seconds, keys, ComparedLoad.ALL),
                    new LineReporter(spec.commandLine().getErr()),
                    interruption);
        }
    }

    private Path program() {
        Optional<Path> found = etcd.contains(File.separator)
                ? Optional.of(Path.of(etcd))
                : Arrays.stream(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(File.pathSeparator))
                        .map(folder -> Path.of(folder, etcd))
                        .filter(Files::isExecutable)
                        .findFirst();
        return found.filter(Files::isExecutable)
                .orElseThrow(() -> CommandFailure.usage("there is no program " + etcd
                        + "; install etcd (Debian: apt-get install etcd-server), or name it with --etcd"));
    }

    /** Returns the exit code. What was measured before a failure or an interruption is written too. */
    private int compare(Path program, ComparisonPlan plan, Reporter reporter, Interruption interruption)
            throws IOException, InterruptedException {
        try (ComparedCluster own = QuorateCluster.start(reporter);
                ComparedCluster other = EtcdCluster.start(program)) {
            List<ComparedCluster> clusters = List.of(own, other);
            reporter.report("this takes about " + plan.minutes(clusters.size()) + " minutes; Ctrl-C ends it early");
            ComparisonRounds rounds = new ComparisonRounds(clusters, plan, reporter, interruption);
            try {
                rounds.run();
            } finally {
                keep(file(program, plan, rounds));
            }
            return ExitCode.SUCCESS;
        } catch (LocalClusterException e) {
            if (interruption.isSignalled()) {
                return ExitCode.REFUSED; // nodes end, and that is no failure of theirs
            }
            throw CommandFailure.refused(e.getMessage());
        }
    }

    private static ComparisonFile file(Path program, ComparisonPlan plan, ComparisonRounds rounds) throws IOException {
        return new ComparisonFile(
                Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs())
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(),
                List.of("quorate " + Build.ofThisProgram(), version(program)),
                plan.rounds(),
                plan.warmupSeconds(),
                plan.seconds(),
                plan.keys(),
                rounds.runs(),
                rounds.starts());
    }

    private void keep(ComparisonFile file) throws IOException {
        if (file.runs().isEmpty()) {
            return;
        }
        if (results != null) {
            file.write(results);
        }
        print(file);
    }

    /** The first line of what it says of itself. */
    private static String version(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines().findFirst().orElse("unknown");
    }

    private void print(ComparisonFile file) {
        PrintWriter out = spec.commandLine().getOut();
        new ComparisonTable(file).lines().forEach(out::println);
        out.flush();
    }
}
