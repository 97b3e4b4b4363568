package io.quorate.deploy.bench.scenario;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.load.GroupTally;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.LoadRunner;
import io.quorate.deploy.bench.process.ProcessFigures;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.local.folder.LocalClusterException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Carries out the phases of a scenario, one after the other, and without a pause where a phase needs none. */
final class ScenarioRun {
    /** What the run reports while it goes on. */
    interface PhaseListener {
        void begins(LoadPhase phase);
    }

    private final Scenario scenario;
    private final ScenarioCluster cluster;
    private final LoadRunner runner;
    private final PhaseListener progress;
    private final ClusterMetrics metrics;
    private final List<Begun> begun = new ArrayList<>();

    /** A phase that has begun. The figures of the nodes are filled in when it ends. */
    private static final class Begun {
        private final LoadPhase phase;
        private final LoadRunner.RunningGroups groups;
        private ClusterWork before;
        private Optional<ClusterWork> after = Optional.empty();
        private List<GroupTally> tallies = List.of();
        private int nodesDown;
        private long residentMib;
        private OptionalDouble inStepAfterS = OptionalDouble.empty();
        private double generatorCores;

        private Begun(LoadPhase phase, LoadRunner.RunningGroups groups) {
            this.phase = phase;
            this.groups = groups;
        }
    }

    ScenarioRun(Scenario scenario, ScenarioCluster cluster, LoadRunner runner, PhaseListener progress) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.runner = runner;
        this.progress = progress;
        this.metrics = new ClusterMetrics(cluster.endpoints(), ClientTls.NONE, ClientToken.NONE);
    }

    List<PhaseResult> run() throws InterruptedException, IOException, LocalClusterException {
        for (LoadPhase phase : scenario.phases()) {
            for (ClusterAction action : phase.before()) {
                cluster.perform(action);
            }
            run(phase);
            if (isFollowedByPause(phase)) {
                drain();
            }
        }
        drain();
        return results();
    }

    private boolean isFollowedByPause(LoadPhase phase) {
        int next = scenario.phases().indexOf(phase) + 1;
        return next < scenario.phases().size() && scenario.phases().get(next).needsTheEndOfTheLast();
    }

    private void run(LoadPhase phase) throws InterruptedException, IOException, LocalClusterException {
        progress.begins(phase);
        List<LoadGroup> groups = groups(phase);
        long cpuNs = GeneratorCpu.usedNs();
        long startNs = SystemClock.INSTANCE.monotonicNs();
        Begun now = new Begun(phase, runner.start(groups));
        begun.add(now);
        now.before = metrics.work();
        StepWatch steps = new StepWatch(cluster.endpoints().get(0), startNs);
        meanwhile(phase, startNs, steps);
        now.inStepAfterS = steps.seconds();
        runner.stop(now.groups);
        now.generatorCores = GeneratorCpu.coresSince(cpuNs, startNs);
        now.nodesDown = cluster.nodesDown();
        now.residentMib = ProcessFigures.residentMib(cluster.pids());
    }

    /** A rate that is a multiple of another one needs the results up to here. */
    private List<LoadGroup> groups(LoadPhase phase) throws InterruptedException {
        if (phase.groups().stream().anyMatch(group -> group.rate().phase().isPresent())) {
            collect();
        }
        return phase.groups().stream()
                .map(group -> group.at(cluster.endpoints(), name -> goodput(name, group.name())))
                .toList();
    }

    private double goodput(String phase, String group) {
        return begun.stream()
                .filter(each -> each.phase.name().equals(phase))
                .flatMap(each -> each.tallies.stream())
                .filter(tally -> tally.group().equals(group))
                .mapToDouble(GroupTally::goodPerSecond)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no group " + group + " in a phase " + phase));
    }

    private void meanwhile(LoadPhase phase, long startNs, StepWatch steps)
            throws InterruptedException, IOException, LocalClusterException {
        long endNs = startNs + TimeUnit.SECONDS.toNanos(phase.seconds());
        for (int turn = 1; !phase.meanwhile().isEmpty(); turn++) {
            long dueNs = startNs + TimeUnit.MILLISECONDS.toNanos(turn * phase.everyMs());
            if (dueNs >= endNs) {
                break;
            }
            waitUntil(dueNs, steps);
            cluster.perform(phase.meanwhile().get((turn - 1) % phase.meanwhile().size()));
        }
        waitUntil(endNs, steps);
    }

    private static void waitUntil(long dueNs, StepWatch steps) throws InterruptedException {
        while (leftNs(dueNs) > 0) {
            steps.look();
            new CountDownLatch(1).await(Math.min(leftNs(dueNs), StepWatch.INTERVAL_NS), TimeUnit.NANOSECONDS);
        }
    }

    private static long leftNs(long dueNs) {
        return dueNs - SystemClock.INSTANCE.monotonicNs();
    }

    /** Waits for the last answers, and reads what the nodes did for them. */
    private void drain() throws InterruptedException {
        collect();
        begun.get(begun.size() - 1).after = Optional.of(metrics.work());
    }

    private void collect() throws InterruptedException {
        for (Begun each : begun) {
            if (each.tallies.isEmpty()) {
                each.tallies = runner.drained(each.groups);
            }
        }
    }

    private List<PhaseResult> results() {
        List<PhaseResult> results = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            Begun each = begun.get(i);
            ClusterWork after = each.after.isPresent() ? each.after.get() : begun.get(i + 1).before;
            results.add(new PhaseResult(
                    each.phase.name(),
                    each.tallies,
                    after.since(each.before),
                    each.nodesDown,
                    OptionalLong.of(each.residentMib),
                    each.inStepAfterS,
                    each.generatorCores));
        }
        return results;
    }
}
