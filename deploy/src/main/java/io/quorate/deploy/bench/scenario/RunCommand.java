package io.quorate.deploy.bench.scenario;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.HeldPace;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.LoadRunner;
import io.quorate.deploy.bench.load.Patience;
import io.quorate.deploy.bench.load.RequestPlan;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.LineReporter;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Runs scenarios: each starts a local cluster of its own, puts it under load with faults, and judges the"
                    + " results by what the file expects.",
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all expectations were met",
            "1:one was missed, or the cluster did not start",
            "2:a file or the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "A request counts from the time at which it was due, and is good if its answer comes before the client's"
                    + " patience ends, with 2xx or, for a read, 404. 'well after' is the time from the start of the phase"
                    + " until 99 %% of the requests are good. 'late' is the p99 of how late the generator itself was.",
            "'Work for nobody' is the share of the writes done whose answer reached no client.",
            "",
            "Examples:",
            "  quorate bench run deploy/scenarios/overload.yaml",
            "  quorate bench run deploy/scenarios/*.yaml -o json --results results.jsonl"
        })
public final class RunCommand implements Callable<Integer> {
    private static final int SETTLED_AFTER_MINUTES_MAX = 15;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "scenarios, such as deploy/scenarios/overload.yaml")
    private List<Path> files;

    @Option(names = "--home", paramLabel = "DIR", description = "a folder for the nodes, instead of a temporary one")
    private Path home;

    @Option(names = "--keep", description = "keep the nodes' data and logs")
    private boolean keep;

    @Option(names = "--results", paramLabel = "FILE", description = "append the lines of JSON to this file too")
    private Path results;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, or json: one line for each phase, group and expectation")
    private OutputFormat output;

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            scenarios.add(read(file));
        }
        boolean met = true;
        for (Scenario scenario : scenarios) {
            met &= run(scenario);
        }
        return met ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private static Scenario read(Path file) throws IOException {
        try {
            return ScenarioFile.read(file);
        } catch (java.nio.file.NoSuchFileException e) {
            throw CommandFailure.usage("there is no file " + file);
        } catch (ScenarioException e) {
            throw CommandFailure.usage(file + ": " + e.getMessage());
        }
    }

    /** Whether all expectations were met. */
    private boolean run(Scenario scenario) throws InterruptedException, IOException {
        Reporter reporter = new LineReporter(spec.commandLine().getErr());
        reporter.report(scenario.name() + ": starting " + scenario.cluster().nodes() + " nodes");
        try (ScenarioCluster cluster =
                        ScenarioCluster.start(scenario.cluster(), Optional.ofNullable(home), keep, reporter);
                LoadRunner runner = new LoadRunner(ClientTls.NONE)) {
            if (scenario.fill().isPresent()) {
                fill(scenario.fill().get(), cluster, runner, reporter);
                settle(new ClusterMetrics(cluster.endpoints(), ClientTls.NONE, ClientToken.NONE), reporter);
            }
            ScenarioRun run = new ScenarioRun(scenario, cluster, runner, phase -> reporter.report(describe(phase)));
            return print(new ScenarioReport(scenario, run.run()));
        } catch (LocalClusterException e) {
            throw CommandFailure.refused(e.getMessage());
        }
    }

    private static void fill(RequestPlan plan, ScenarioCluster cluster, LoadRunner runner, Reporter reporter)
            throws InterruptedException {
        GroupTally tally = runner.fill(new LoadGroup(
                "fill",
                plan,
                new HeldPace(1),
                new Patience(Patience.MS_MAX, true),
                List.of("127.0.0.1"),
                cluster.endpoints()));
        reporter.report(String.format(
                Locale.ROOT,
                "wrote %,d keys in %.1f s; failures: %s",
                tally.good(),
                tally.seconds(),
                tally.failures()));
    }

    /** A cluster in use has no such merges as a fill leaves behind. In the first phases they would take the disk. */
    private static void settle(ClusterMetrics metrics, Reporter reporter) throws InterruptedException {
        long endNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.MINUTES.toNanos(SETTLED_AFTER_MINUTES_MAX);
        OptionalLong leftBytes = metrics.mergeDebtBytes();
        if (!isSettled(leftBytes)) {
            reporter.report(mergesLeft(leftBytes) + ", waiting");
        }
        while (!isSettled(leftBytes) && SystemClock.INSTANCE.monotonicNs() - endNs < 0) {
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            leftBytes = metrics.mergeDebtBytes();
        }
        if (!isSettled(leftBytes)) {
            reporter.report(mergesLeft(leftBytes) + " all the same");
        }
    }

    private static boolean isSettled(OptionalLong leftBytes) {
        return leftBytes.isPresent() && leftBytes.getAsLong() == 0;
    }

    private static String mergesLeft(OptionalLong bytes) {
        return bytes.isPresent()
                ? String.format(Locale.ROOT, "merges have %,d MiB left", (bytes.getAsLong() + (1 << 20) - 1) >> 20)
                : "a node does not say what its merges have left";
    }

    private static String describe(LoadPhase phase) {
        return phase.name() + ", " + phase.seconds() + " s";
    }

    private boolean print(ScenarioReport report) throws IOException {
        List<String> json = report.jsonLines();
        PrintWriter out = spec.commandLine().getOut();
        (output == OutputFormat.table ? report.table() : json).forEach(out::println);
        out.flush();
        if (results != null) {
            Files.write(results, json, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return report.isMet();
    }
}
