package io.quorate.deploy.bench.compare;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
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
import picocli.CommandLine.ParameterException;
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
            "1:a cluster did not start, or did not go on",
            "2:the command is wrong, or there is no etcd; nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Prints a table in Markdown: medians of the rounds, and the least and the most. CPU is that of all three nodes for 10,000"
                    + " operations. The generator shares the machine. For both systems it sends bytes that were made in advance.",
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
        require(rounds, 1, ROUNDS_MAX, "--rounds");
        require(warmupSeconds, 0, SECONDS_MAX, "--warmup-seconds");
        require(seconds, 1, SECONDS_MAX, "--seconds");
        require(keys, 1, KEYS_MAX, "--keys");
        Path program = program();
        ComparisonFile file =
                compare(program, new ComparisonPlan(rounds, warmupSeconds, seconds, keys, ComparedLoad.ALL));
        if (results != null) {
            file.write(results);
        }
        print(file);
        return ExitCode.SUCCESS;
    }

    private void require(long value, long least, long most, String option) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; allowed: " + least + " to " + most);
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

    private ComparisonFile compare(Path program, ComparisonPlan plan) throws IOException, InterruptedException {
        Reporter reporter = reporter();
        try (ComparedCluster own = QuorateCluster.start(reporter);
                ComparedCluster other = EtcdCluster.start(program)) {
            List<ComparedCluster> clusters = List.of(own, other);
            reporter.report("this takes about " + plan.minutes(clusters.size()) + " minutes");
            List<ComparedRun> runs = new ComparisonRounds(clusters, plan, reporter).run();
            return new ComparisonFile(
                    Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs())
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDate()
                            .toString(),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.version().toString(),
                    List.of("quorate " + ownVersion(), version(program)),
                    plan.rounds(),
                    plan.warmupSeconds(),
                    plan.seconds(),
                    plan.keys(),
                    runs);
        } catch (LocalClusterException e) {
            throw CommandFailure.refused(e.getMessage());
        }
    }

    private static String ownVersion() {
        return Optional.ofNullable(CompareCommand.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
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

    private Reporter reporter() {
        PrintWriter err = spec.commandLine().getErr();
        return new Reporter() {
            @Override
            public void report(String line) {
                err.println(line);
                err.flush();
            }

            @Override
            public void warn(String line) {
                report(line);
            }
        };
    }
}
