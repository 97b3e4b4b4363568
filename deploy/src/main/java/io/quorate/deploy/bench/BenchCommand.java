package io.quorate.deploy.bench;

import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.EndpointsOption;
import io.quorate.deploy.terminal.OutputFormat;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Puts a running cluster under load and prints what it bears.",
            "Each client has one connection and one request in flight, and sends the next when it has the answer."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured",
            "1:no node answers, or nothing succeeded",
            "2:the command is wrong, nothing was tried"
        },
        footer = {
            "",
            "Prints a table, then one line of JSON for each kind of request. The gap is the longest time without a "
                    + "success. Server CPU is what the nodes say of themselves, divided by the successful operations.",
            "",
            "Examples:",
            "  quorate bench --load --mix A --distribution zipfian --clients 32",
            "  quorate bench --mix C --consistency one --seconds 60 -o json"
        })
public final class BenchCommand implements Callable<Integer> {
    /** The workloads that are compared most: half reads, all writes, all reads. */
    enum Mix {
        A(0.5),
        W(0.0),
        C(1.0);

        private final double readRatio;

        Mix(double readRatio) {
            this.readRatio = readRatio;
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private EndpointsOption endpointsOption;

    @Option(names = "--mix", defaultValue = "A", description = "A: half reads, W: all writes, C: all reads")
    private Mix mix;

    @Option(names = "--read-ratio", paramLabel = "0..1", description = "share of reads, instead of a mix")
    private Double readRatio;

    @Option(names = "--keys", defaultValue = "100000", description = "how many keys there are")
    private long keys;

    @Option(
            names = "--distribution",
            defaultValue = "UNIFORM",
            description = "uniform, or zipfian: YCSB's scrambled zipfian with 0.99")
    private KeyChoice distribution;

    @Option(names = "--value-bytes", defaultValue = "1000", description = "length of the values written")
    private int valueBytes;

    @Option(names = "--clients", defaultValue = "32", description = "requests in flight")
    private int clients;

    @Option(names = "--warmup-seconds", defaultValue = "5", description = "load before anything is measured")
    private int warmupSeconds;

    @Option(names = "--seconds", defaultValue = "10", description = "how long to measure")
    private int seconds;

    @Option(names = "--load", description = "write every key once first")
    private boolean load;

    @Option(names = "--consistency", paramLabel = "LEVEL", description = "linearizable, quorum, one or all")
    private String consistency;

    @Option(names = "--seed", defaultValue = "1", description = "the same seed chooses the same keys")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table (with JSON after it), or only json")
    private OutputFormat output;

    @Override
    public Integer call() throws InterruptedException {
        List<Endpoint> endpoints = endpointsOption.endpoints();
        Workload workload = workload(endpoints);
        PrintWriter out = spec.commandLine().getOut();
        if (!new ClusterCpu(endpoints).isReachable()) {
            spec.commandLine()
                    .getErr()
                    .println("quorate: no node answers at " + endpoints
                            + "; start a cluster with 'quorate cluster start', or name its addresses with"
                            + " --endpoint");
            return 1;
        }
        try (LoadGenerator generator = new LoadGenerator()) {
            if (load) {
                Tally filled = fill(generator, workload);
                tell(
                        out,
                        String.format(
                                "loaded %,d keys in %.1f s, errors: %d",
                                filled.successes(), filled.seconds(), filled.errors()));
            }
            Report report = measure(generator, workload);
            if (output == OutputFormat.table) {
                report.table().forEach(out::println);
            }
            report.jsonLines().forEach(out::println);
            out.flush();
            return report.tally().successes() > 0 ? 0 : 1;
        }
    }

    private Tally fill(LoadGenerator generator, Workload workload) throws InterruptedException {
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), "loading", keys, "keys")) {
            return generator.fill(workload, progress::at);
        }
    }

    private Report measure(LoadGenerator generator, Workload workload) throws InterruptedException {
        ClusterCpu cpu = new ClusterCpu(workload.endpoints());
        Loop loop = generator.start(workload);
        pass("warming up", warmupSeconds, generator, loop);
        OptionalLong cpuBeforeMs = cpu.totalMs();
        generator.span(loop);
        pass("measuring", seconds, generator, loop);
        long notFound = generator.onLoop(loop::notFound);
        Tally measured = generator.span(loop);
        OptionalLong cpuAfterMs = cpu.totalMs();
        generator.finish(loop);
        return new Report(workload, measured, cpuSecondsPer10k(cpuBeforeMs, cpuAfterMs, measured), notFound);
    }

    /** Empty also if a node was started anew in between, and counts from nothing again. */
    private static OptionalDouble cpuSecondsPer10k(OptionalLong beforeMs, OptionalLong afterMs, Tally measured) {
        boolean known = beforeMs.isPresent() && afterMs.isPresent() && measured.successes() > 0;
        double usedMs = known ? afterMs.getAsLong() - beforeMs.getAsLong() : -1;
        return usedMs < 0 ? OptionalDouble.empty() : OptionalDouble.of(usedMs / 1e3 * 10_000 / measured.successes());
    }

    private Workload workload(List<Endpoint> endpoints) {
        double ratio = readRatio == null ? mix.readRatio : readRatio;
        require(ratio >= 0 && ratio <= 1, "--read-ratio is " + ratio + "; allowed: 0 to 1");
        require(keys >= 1 && keys <= 1_000_000_000_000L, "--keys is " + keys + "; allowed: 1 to 10^12");
        require(clients >= 1 && clients <= 10_000, "--clients is " + clients + "; allowed: 1 to 10000");
        require(valueBytes >= 0 && valueBytes <= 64 << 20, "--value-bytes is " + valueBytes + "; allowed: 0 to 64 MiB");
        require(seconds >= 1 && warmupSeconds >= 0, "--seconds must be at least 1, --warmup-seconds at least 0");
        String query = consistency == null ? "" : "?consistency=" + consistency;
        return new Workload(endpoints, clients, ratio, keys, distribution, valueBytes, query, seed);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void tell(PrintWriter out, String line) {
        if (output == OutputFormat.table) {
            out.println(line);
            out.flush();
        }
    }

    /** Lets time pass, and looks at the clients meanwhile only if somebody watches. */
    private void pass(String what, int seconds, LoadGenerator generator, Loop loop) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (!Terminal.current().err()) {
            never.await(seconds, TimeUnit.SECONDS);
            return;
        }
        try (ProgressBar progress = new ProgressBar(spec.commandLine().getErr(), what, seconds, "s")) {
            long before = generator.onLoop(loop::finished);
            for (int passed = 1; passed <= seconds; passed++) {
                never.await(1, TimeUnit.SECONDS);
                long done = generator.onLoop(loop::finished);
                progress.at(passed, String.format(Locale.ROOT, "%,d operations/s", done - before));
                before = done;
            }
        }
    }
}
