package io.quorate.deploy.bench.compare;

import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.Reporter;
import io.quorate.deploy.terminal.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gives the clusters their turns, one after the other, so that what disturbs the machine disturbs all of them. Nodes
 * are killed in the end only: a node that has just started is slower.
 */
final class ComparisonRounds {
    private final List<ComparedCluster> clusters;
    private final ComparisonPlan plan;
    private final Reporter reporter;
    private final Interruption interruption;
    private final ComparedTurn turn;
    private final List<ComparedRun> runs = new ArrayList<>();
    private final List<ComparedStart> starts = new ArrayList<>();

    ComparisonRounds(
            List<ComparedCluster> clusters, ComparisonPlan plan, Reporter reporter, Interruption interruption) {
        this.clusters = clusters;
        this.plan = plan;
        this.reporter = reporter;
        this.interruption = interruption;
        this.turn = new ComparedTurn(plan, interruption);
    }

    /** What was measured in whole turns. */
    List<ComparedRun> runs() {
        return List.copyOf(runs);
    }

    List<ComparedStart> starts() {
        return List.copyOf(starts);
    }

    /** Until all is measured, or somebody interrupts. */
    void run() throws IOException, InterruptedException, LocalClusterException {
        for (ComparedCluster cluster : clusters) {
            reporter.report(
                    cluster.name() + ": writing " + plan.keys() + " keys, then " + plan.warmupSeconds() + " s of load");
            turn.prepare(cluster);
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (ComparedLoad load : plan.loads()) {
                for (ComparedCluster cluster : clusters) {
                    add(round, turn.measure(cluster, load));
                }
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (ComparedCluster cluster : clusters) {
                lose(cluster, round);
            }
        }
    }

    private void lose(ComparedCluster cluster, int round)
            throws IOException, InterruptedException, LocalClusterException {
        if (interruption.isSignalled()) {
            return;
        }
        add(round, turn.killOne(cluster));
        add(round, turn.startAgain(cluster, ComparedTurn.ONE_NODE));
        cluster.killAll();
        add(round, turn.startAgain(cluster, ComparedTurn.ALL_NODES));
    }

    private void add(int round, ComparedRun run) {
        if (interruption.isSignalled()) {
            return; // the turn was cut
        }
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
    }

    private void add(int round, ComparedStart start) {
        if (interruption.isSignalled()) {
            return;
        }
        starts.add(start);
        reporter.report(String.format(
                Locale.ROOT,
                "round %d, start after SIGKILL of %s, %s: ready in %.0f ms, %.0f/s after %d s",
                round,
                start.killed(),
                start.system(),
                start.readyMs(),
                start.earlyPerS(),
                ComparisonPlan.EARLY_FROM_S));
    }
}
