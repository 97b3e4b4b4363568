package io.quorate.deploy.bench.compare;

import io.quorate.deploy.bench.request.HttpProtocol;
import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.bench.scenario.ClusterPlan;
import io.quorate.deploy.bench.scenario.ScenarioCluster;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.process.Reporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quorate with default options: linearizable, and forced to disk before an answer. */
final class QuorateCluster implements ComparedCluster {
    private static final int NODES = 3;
    private static final int MEMORY_MIB = 1_024;
    private static final String VICTIM = "n1";

    private final ScenarioCluster cluster;

    private QuorateCluster(ScenarioCluster cluster) {
        this.cluster = cluster;
    }

    static QuorateCluster start(Reporter reporter) throws IOException, LocalClusterException {
        ClusterPlan plan = new ClusterPlan(NODES, MEMORY_MIB, Map.of());
        return new QuorateCluster(ScenarioCluster.start(plan, Optional.empty(), false, reporter));
    }

    @Override
    public String name() {
        return "Quorate";
    }

    @Override
    public List<Endpoint> endpoints() {
        return cluster.endpoints();
    }

    @Override
    public Protocol protocol() {
        return new HttpProtocol(SharedHead.PLAIN);
    }

    @Override
    public Path folder() {
        return cluster.home();
    }

    @Override
    public List<Long> pids() {
        return cluster.pids();
    }

    @Override
    public List<Endpoint> chooseVictim() {
        return endpoints().subList(1, NODES);
    }

    @Override
    public void killVictim() throws IOException, LocalClusterException {
        cluster.kill(VICTIM);
    }

    @Override
    public void killAll() throws IOException, LocalClusterException {
        cluster.killAll();
    }

    @Override
    public void startMissing() throws IOException, LocalClusterException {
        cluster.startAll();
    }

    @Override
    public void close() throws IOException, LocalClusterException {
        cluster.close();
    }
}
