package io.quorate.deploy.bench.closed;

import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One run of a workload: the clients start, warm up and are measured, with progress on a terminal. */
public final class Measurement {
    private final LoadGenerator generator;
    private final Workload workload;
    private final ClusterCpu cpu;
    private final PrintWriter err;

    public Measurement(LoadGenerator generator, Workload workload, ClusterCpu cpu, PrintWriter err) {
        this.generator = generator;
        this.workload = workload;
        this.cpu = cpu;
        this.err = err;
    }

    /** Writes every key once, unless somebody interrupts. */
    public Tally fill(Interruption interruption) throws InterruptedException {
        try (ProgressBar progress = new ProgressBar(err, "loading", workload.keys(), "keys")) {
            return generator.fill(workload, progress::at, interruption::isSignalled);
        }
    }

    /** Until the time is over, or somebody interrupts. */
    public Report run(int warmupSeconds, int seconds, Interruption interruption) throws InterruptedException {
        Loop loop = generator.start(workload);
        await("warming up", warmupSeconds, loop, interruption);
        OptionalLong cpuBeforeMs = cpu.totalMs();
        generator.span(loop);
        await("measuring", seconds, loop, interruption);
        long notFound = generator.onLoop(loop::notFound);
        Tally measured = generator.span(loop);
        OptionalLong cpuAfterMs = cpu.totalMs();
        generator.finish(loop);
        return new Report(workload, measured, cpuSecondsPer10k(cpuBeforeMs, cpuAfterMs, measured), notFound);
    }

    /** Empty also if a node was restarted in between, because its count began again at 0. */
    private static OptionalDouble cpuSecondsPer10k(OptionalLong beforeMs, OptionalLong afterMs, Tally measured) {
        boolean known = beforeMs.isPresent() && afterMs.isPresent() && measured.successes() > 0;
        double usedMs = known ? afterMs.getAsLong() - beforeMs.getAsLong() : -1;
        return usedMs < 0 ? OptionalDouble.empty() : OptionalDouble.of(usedMs / 1e3 * 10_000 / measured.successes());
    }

    /** Lets time pass. It asks the clients for their progress only if standard error is a terminal. */
    private void await(String phase, int seconds, Loop loop, Interruption interruption) throws InterruptedException {
        if (!Terminal.current().err()) {
            interruption.await(seconds, TimeUnit.SECONDS);
            return;
        }
        try (ProgressBar progress = new ProgressBar(err, phase, seconds, "s")) {
            long before = generator.onLoop(loop::finished);
            for (int passed = 1; passed <= seconds && !interruption.await(1, TimeUnit.SECONDS); passed++) {
                long done = generator.onLoop(loop::finished);
                progress.at(passed, String.format(Locale.ROOT, "%,d operations/s", done - before));
                before = done;
            }
        }
    }
}
