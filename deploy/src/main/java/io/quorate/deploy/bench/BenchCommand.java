package io.quorate.deploy.bench;

import io.quorate.deploy.bench.closed.ClusterCpu;
import io.quorate.deploy.bench.closed.LoadGenerator;
import io.quorate.deploy.bench.closed.Measurement;
import io.quorate.deploy.bench.closed.Report;
import io.quorate.deploy.bench.closed.Tally;
import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.bench.compare.CompareCommand;
import io.quorate.deploy.bench.increment.IncrementsCommand;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.bench.scenario.OpenLoop;
import io.quorate.deploy.bench.scenario.RunCommand;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.OptionRange;
import io.quorate.deploy.terminal.OutputFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Puts a running cluster under load and prints its throughput and latency.",
            "Each client has one connection and one request in flight, and sends the next when it has the answer.",
            "With --rate, requests are due by a schedule that does not depend on answers, and latency counts from then. "
                    + "A line a second says what became of them, and which nodes go down and come back."
        },
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, CompareCommand.class, IncrementsCommand.class},
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured",
            "1:no node answers, or nothing succeeded",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Prints a table, then one line of JSON for each kind of request. The gap is the longest time without a "
                    + "success. Ctrl-C ends it early, and prints what was measured until then. Server CPU is the CPU time that the nodes report, divided by the successful operations.",
            "",
            "Examples:",
            "  quorate bench --load --mix A --distribution zipfian --clients 32",
            "  quorate bench --rate 12000 --patience 500ms -o json"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int SECONDS_MAX = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EndpointsOption endpointsOption;

    @Mixin
    private WorkloadOptions workloadOptions;

    @Mixin
    private OpenLoopOptions openLoopOptions;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "load before anything is measured")
    private int warmupSeconds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "how long to measure")
    private int seconds;

    @Option(names = "--load", description = "write every key once first")
    private boolean load;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (with JSON after it), or only json")
    private OutputFormat output;

    @Override
    public Integer call() throws InterruptedException {
        List<Endpoint> endpoints = endpointsOption.endpoints();
        ClientTls tls = endpointsOption.tls();
        ClientToken token = endpointsOption.token();
        requireOneKind(endpoints, token);
        Workload workload = workloadOptions.workload(endpoints, token, spec);
        OptionRange range = new OptionRange(spec);
        range.require("--seconds", seconds, 1, SECONDS_MAX);
        range.require("--warmup-seconds", warmupSeconds, 0, SECONDS_MAX);
        ClusterCpu cpu = new ClusterCpu(endpoints, tls, token);
        cpu.silence().ifPresent(why -> {
            throw CommandFailure.refused("no node answers: " + why
                    + "; start a cluster with 'quorate cluster start', or name its addresses with --endpoint, and for a"
                    + " cluster with TLS its authority with --ca and a token with --token-file");
        });
        try (LoadGenerator generator = new LoadGenerator(tls);
                Interruption interruption = Interruption.awaited()) {
            Measurement measurement =
                    new Measurement(generator, workload, cpu, spec.commandLine().getErr());
            if (load) {
                printLoaded(measurement.fill(interruption));
            }
            return measure(measurement, workload, workloadOptions.head(endpoints, token), interruption);
        }
    }

    /** All connections send the same bytes, and a token goes by TLS only. */
    private static void requireOneKind(List<Endpoint> endpoints, ClientToken token) {
        long tls = endpoints.stream().filter(Endpoint::tls).count();
        if (token.secret().isPresent() && tls > 0 && tls < endpoints.size()) {
            throw CommandFailure.usage("some endpoints speak TLS and others do not; with a token all of them must");
        }
    }

    /** Returns the exit code. */
    private int measure(Measurement measurement, Workload workload, SharedHead head, Interruption interruption)
            throws InterruptedException {
        if (interruption.isSignalled()) {
            return ExitCode.REFUSED;
        }
        return openLoopOptions.isOpen()
                ? print(new OpenLoop(
                                openLoopOptions.group(workload, head, spec),
                                endpointsOption.tls(),
                                endpointsOption.token())
                        .run(warmupSeconds, seconds, interruption, lines()))
                : print(measurement.run(warmupSeconds, seconds, interruption));
    }

    /** Where the seconds go while they pass. */
    private Optional<PrintWriter> lines() {
        return output == OutputFormat.table ? Optional.of(spec.commandLine().getOut()) : Optional.empty();
    }

    private void printLoaded(Tally filled) {
        if (output == OutputFormat.table) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(String.format(
                    "loaded %,d keys in %.1f s, errors: %d", filled.successes(), filled.seconds(), filled.errors()));
            out.flush();
        }
    }

    /** Returns the exit code. */
    private int print(OpenLoop.OpenLoopResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.table) {
            result.table().forEach(out::println);
        }
        out.println(result.json());
        out.flush();
        return result.isAnyGood() ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    /** Returns the exit code. */
    private int print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.table) {
            report.table().forEach(out::println);
        }
        report.jsonLines().forEach(out::println);
        out.flush();
        return report.tally().successes() > 0 ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }
}
