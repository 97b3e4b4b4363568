package io.quorate.deploy.bench.compare;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.closed.LoadGenerator;
import io.quorate.deploy.bench.closed.Loop;
import io.quorate.deploy.bench.closed.Tally;
import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.bench.process.BlockDevice;
import io.quorate.deploy.bench.process.ProcessFigures;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.terminal.Interruption;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Loads one cluster for a while. Every turn ends early, with figures that mean nothing, when somebody interrupts. */
record ComparedTurn(ComparisonPlan plan, Interruption interruption) {
    static final String KILL = "SIGKILL of a node";
    static final String ONE_NODE = "one node";
    static final String ALL_NODES = "all nodes";

    private static final int VALUE_BYTES = 1_000;

    /** Writes all keys, and warms the cluster up. */
    void prepare(ComparedCluster cluster) throws InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Workload workload = workload(cluster, cluster.endpoints(), ComparedLoad.OF_THE_KILL);
            generator.fill(workload, done -> {}, interruption::isSignalled);
            Loop loop = generator.start(workload);
            pass(plan.warmupSeconds());
            generator.finish(loop);
        }
    }

    ComparedRun measure(ComparedCluster cluster, ComparedLoad load) throws IOException, InterruptedException {
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, cluster.endpoints(), load));
            pass(ComparisonPlan.TURN_WARMUP_S);
            generator.span(loop);
            ComparedRun run = measure(load.name(), cluster, generator, loop);
            generator.finish(loop);
            return run;
        }
    }

    /** The clients use the survivors only, from before the kill. */
    ComparedRun killOne(ComparedCluster cluster) throws IOException, InterruptedException, LocalClusterException {
        List<Endpoint> survivors = cluster.chooseVictim();
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, survivors, ComparedLoad.OF_THE_KILL));
            pass(ComparisonPlan.TURN_WARMUP_S);
            generator.span(loop);
            cluster.killVictim();
            ComparedRun run = measure(KILL, cluster, generator, loop);
            generator.finish(loop);
            return run;
        }
    }

    /** Starts what does not run, under load as soon as all nodes answer. */
    ComparedStart startAgain(ComparedCluster cluster, String killed)
            throws IOException, InterruptedException, LocalClusterException {
        long startNs = SystemClock.INSTANCE.monotonicNs();
        cluster.startMissing();
        double readyMs = (SystemClock.INSTANCE.monotonicNs() - startNs) / 1e6;
        try (LoadGenerator generator = new LoadGenerator(ClientTls.NONE)) {
            Loop loop = generator.start(workload(cluster, cluster.endpoints(), ComparedLoad.OF_THE_KILL));
            pass(ComparisonPlan.EARLY_FROM_S);
            generator.span(loop);
            pass(ComparisonPlan.EARLY_S);
            Tally early = generator.span(loop);
            generator.finish(loop);
            return new ComparedStart(killed, cluster.name(), readyMs, early.successes() / early.seconds());
        }
    }

    /** What happens from the end of the last span on. */
    private ComparedRun measure(String load, ComparedCluster cluster, LoadGenerator generator, Loop loop)
            throws IOException, InterruptedException {
        List<Long> pids = cluster.pids();
        long cpuMs = ProcessFigures.cpuMs(pids);
        Optional<BlockDevice> device = BlockDevice.of(cluster.folder());
        long bytes = writtenBytes(device);
        pass(plan.seconds());
        Tally tally = generator.span(loop);
        double successes = Math.max(1, tally.successes());
        long valueBytes = tally.of(RequestKind.WRITE).count() * VALUE_BYTES;
        return new ComparedRun(
                load,
                cluster.name(),
                tally.successes() / tally.seconds(),
                tally.percentileMs(50),
                tally.percentileMs(99),
                (ProcessFigures.cpuMs(pids) - cpuMs) / 1e3 * 10_000 / successes,
                valueBytes == 0 ? 0 : (writtenBytes(device) - bytes) / (double) valueBytes,
                ProcessFigures.residentMib(pids),
                tally.longestGapMs(),
                tally.errors());
    }

    private static long writtenBytes(Optional<BlockDevice> device) throws IOException {
        return device.isPresent() ? device.get().writtenBytes() : 0;
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

    private void pass(int seconds) throws InterruptedException {
        interruption.await(seconds, TimeUnit.SECONDS);
    }
}
