package io.quorate.deploy.bench.scenario;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.LoadRunner;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.terminal.Interruption;
import java.util.List;
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

    /** Until the time is over, or somebody interrupts. */
    public OpenLoopResult run(int warmupSeconds, int seconds, Interruption interruption) throws InterruptedException {
        ClusterMetrics metrics = new ClusterMetrics(group.endpoints(), tls, token);
        try (LoadRunner runner = new LoadRunner(tls)) {
            if (warmupSeconds > 0) {
                measure(runner, warmupSeconds, interruption);
            }
            ClusterWork before = metrics.work();
            long cpuNs = GeneratorCpu.usedNs();
            long startNs = SystemClock.INSTANCE.monotonicNs();
            GroupTally tally = measure(runner, seconds, interruption);
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

    private GroupTally measure(LoadRunner runner, int seconds, Interruption interruption) throws InterruptedException {
        LoadRunner.RunningGroups running = runner.start(List.of(group));
        interruption.await(seconds, TimeUnit.SECONDS);
        runner.stop(running);
        return runner.drained(running).get(0);
    }
}
