package io.quorate.deploy.bench.compare;

import io.quorate.deploy.bench.closed.LoadGenerator;
import io.quorate.deploy.bench.closed.Loop;
import io.quorate.deploy.bench.closed.Tally;
import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.Reporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Loads the clusters in turns, so that what disturbs the machine disturbs all of them. */
final class ComparisonRounds {
    private static final int VALUE_BYTES = 1_000;
    static final String KILL = "SIGKILL of a node";

    private final List<ComparedCluster> clusters;
    private final ComparisonPlan plan;
    private final Reporter reporter;
    private final List<ComparedRun> runs = new ArrayList<>();

    ComparisonRounds(List<ComparedCluster> clusters, ComparisonPlan plan, Reporter reporter) {
        this.clusters = clusters;
        this.plan = plan;
        this.reporter = reporter;
    }

    List<ComparedRun> run() throws IOException, InterruptedException, LocalClusterException {
        for (ComparedCluster cluster : clusters) {
            fill(cluster);
            warmUp(cluster);
            ProcessFigures.signal(cluster.pids(), "STOP");
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (ComparedLoad load : plan.loads()) {
                for (ComparedCluster cluster : clusters) {
                    inTurn(cluster, round, load, false);
                }
            }
            for (ComparedCluster cluster : clusters) {
                inTurn(cluster, round, ComparedLoad.OF_THE_KILL, true);
            }
        }
        return List.copyOf(runs);
    }

    private void fill(ComparedCluster cluster) throws InterruptedException {
        reporter.report(cluster.name() + ": writing " + plan.keys() + " keys");
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Tally filled = generator.fill(workload(cluster, cluster.endpoints(), ComparedLoad.ALL.get(0)), done -> {});
            reporter.report(String.format(
                    Locale.ROOT, "%s: %.0f s, errors: %d", cluster.name(), filled.seconds(), filled.errors()));
        }
    }

    private void warmUp(ComparedCluster cluster) throws InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, cluster.endpoints(), ComparedLoad.OF_THE_KILL));
            pass(plan.warmupSeconds());
            generator.finish(loop);
        }
    }

    private Workload workload(ComparedCluster cluster, List<Endpoint> endpoints, ComparedLoad load) {
        return new Workload(
                endpoints,
                load.clients(),
                load.readRatio(),
                plan.keys(),
                load.keys(),
                VALUE_BYTES,
                cluster.protocol(),
                1);
    }

    private void inTurn(ComparedCluster cluster, int round, ComparedLoad load, boolean kills)
            throws IOException, InterruptedException, LocalClusterException {
        ProcessFigures.signal(cluster.pids(), "CONT");
        try {
            ComparedRun run = kills ? killed(cluster, load) : measured(cluster, load);
            runs.add(run);
            reporter.report(String.format(
                    Locale.ROOT,
                    "round %d, %s, %s: %.0f/s, p50 %.2f ms, p99 %.1f ms, longest gap %.0f ms, failed %d",
                    round,
                    run.load(),
                    run.system(),
                    run.operationsPerS(),
                    run.p50Ms(),
                    run.p99Ms(),
                    run.longestGapMs(),
                    run.failed()));
        } finally {
            ProcessFigures.signal(cluster.pids(), "STOP");
        }
    }

    private ComparedRun measured(ComparedCluster cluster, ComparedLoad load) throws InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, cluster.endpoints(), load));
            pass(ComparisonPlan.TURN_WARMUP_S);
            generator.span(loop);
            long cpuMs = ProcessFigures.cpuMs(cluster.pids());
            pass(plan.seconds());
            Tally tally = generator.span(loop);
            long usedMs = ProcessFigures.cpuMs(cluster.pids()) - cpuMs;
            generator.finish(loop);
            return run(load.name(), cluster, tally, usedMs);
        }
    }

    /** The clients use the survivors only, from before the kill. */
    private ComparedRun killed(ComparedCluster cluster, ComparedLoad load)
            throws IOException, InterruptedException, LocalClusterException {
        List<Endpoint> survivors = cluster.chooseVictim();
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, survivors, load));
            pass(ComparisonPlan.TURN_WARMUP_S);
            generator.span(loop);
            long cpuMs = ProcessFigures.cpuMs(cluster.pids());
            cluster.killVictim();
            pass(plan.seconds());
            Tally tally = generator.span(loop);
            long usedMs = ProcessFigures.cpuMs(cluster.pids()) - cpuMs;
            generator.finish(loop);
            cluster.startVictim();
            return run(KILL, cluster, tally, Math.max(0, usedMs));
        }
    }

    private static ComparedRun run(String load, ComparedCluster cluster, Tally tally, long cpuMs) {
        double successes = Math.max(1, tally.successes());
        return new ComparedRun(
                load,
                cluster.name(),
                tally.successes() / tally.seconds(),
                tally.percentileMs(50),
                tally.percentileMs(99),
                cpuMs / 1e3 * 10_000 / successes,
                ProcessFigures.residentMib(cluster.pids()),
                tally.longestGapMs(),
                tally.errors());
    }

    private static void pass(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
