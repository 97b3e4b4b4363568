package io.quorate.deploy.bench.scenario;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.LoadInterval;
import io.quorate.deploy.bench.load.LoadRunner;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.NodeWatch;
import io.quorate.deploy.terminal.Interruption;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One group against a cluster that runs already: a warm-up, then a phase that is measured.
 *
 * @param tls for endpoints that speak it
 * @param token for the questions beside the load
 */
public record OpenLoop(LoadGroup group, ClientTls tls, ClientToken token) {
    /** What was measured. */
    public record OpenLoopResult(PhaseResult phase) {
        public List<String> table() {
            return ScenarioReport.table(List.of(phase));
        }

        public String json() {
            return ScenarioReport.json(phase, phase.groups().get(0)).toString();
        }

        /** Whether any request was good. */
        public boolean isAnyGood() {
            return phase.groups().get(0).good() > 0;
        }
    }

    /** What is done each second of a load. */
    private interface EachSecond {
        void at(int second, LoadInterval interval);
    }

    /**
     * Until the time is over, or somebody interrupts.
     *
     * @param lines where a line for each second that is measured goes, or empty for none
     */
    public OpenLoopResult run(int warmupSeconds, int seconds, Interruption interruption, Optional<PrintWriter> lines)
            throws InterruptedException {
        ClusterMetrics metrics = new ClusterMetrics(group.endpoints(), tls, token);
        try (LoadRunner runner = new LoadRunner(tls)) {
            if (warmupSeconds > 0) {
                measure(runner, warmupSeconds, interruption, (second, interval) -> {});
            }
            ClusterWork before = metrics.work();
            long cpuNs = GeneratorCpu.usedNs();
            long startNs = SystemClock.INSTANCE.monotonicNs();
            GroupTally tally = lines.isPresent()
                    ? show(runner, seconds, interruption, lines.get())
                    : measure(runner, seconds, interruption, (second, interval) -> {});
            double cores = GeneratorCpu.coresSince(cpuNs, startNs);
            return new OpenLoopResult(new PhaseResult(
                    "measured",
                    List.of(tally),
                    metrics.work().since(before),
                    0,
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    cores));
        }
    }

    private GroupTally show(LoadRunner runner, int seconds, Interruption interruption, PrintWriter out)
            throws InterruptedException {
        SecondLines lines = new SecondLines(out);
        try (NodeWatch nodes = NodeWatch.start(group.endpoints(), tls, token)) {
            return measure(
                    runner,
                    seconds,
                    interruption,
                    (second, interval) -> lines.print(second, interval, nodes.changes()));
        }
    }

    private GroupTally measure(LoadRunner runner, int seconds, Interruption interruption, EachSecond each)
            throws InterruptedException {
        LoadRunner.RunningGroups running = runner.start(List.of(group));
        long endNs = SystemClock.INSTANCE.monotonicNs();
        for (int second = 1; second <= seconds; second++) {
            endNs += TimeUnit.SECONDS.toNanos(1);
            if (interruption.await(endNs - SystemClock.INSTANCE.monotonicNs(), TimeUnit.NANOSECONDS)) {
                break;
            }
            each.at(second, runner.intervals(running).get(0));
        }
        runner.stop(running);
        return runner.drained(running).get(0);
    }
}
