package io.quorate.deploy.bench.compare;

import io.quorate.deploy.bench.etcd.EtcdProtocol;
import io.quorate.deploy.bench.process.ProcessorShare;
import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.folder.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three etcd nodes on free ports. Its reads are linearizable and its writes forced to disk, by default. */
final class EtcdCluster implements ComparedCluster {
    private static final int NODES = 3;
    private static final long READY_MS = 60_000;

    private final Path folder;
    private final Map<EtcdNode, Process> nodes = new LinkedHashMap<>();
    private Optional<EtcdNode> victim = Optional.empty();

    private EtcdCluster(Path folder) {
        this.folder = folder;
    }

    /** @param program the executable */
    static EtcdCluster start(Path program) throws IOException, LocalClusterException {
        EtcdCluster cluster = new EtcdCluster(Files.createTempDirectory("etcd-bench"));
        for (EtcdNode node : plan(program, cluster.folder)) {
            cluster.nodes.put(node, node.start());
        }
        cluster.awaitHealth();
        return cluster;
    }

    private static List<EtcdNode> plan(Path program, Path folder) throws IOException {
        List<Integer> ports = freePorts();
        StringBuilder initial = new StringBuilder();
        for (int i = 0; i < NODES; i++) {
            initial.append(i == 0 ? "" : ",").append("e" + (i + 1) + "=http://" + PortLayout.HOST + ":" + ports.get(i));
        }
        List<EtcdNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Endpoint client = new Endpoint(PortLayout.HOST, ports.get(NODES + i));
            nodes.add(new EtcdNode(program, folder, "e" + (i + 1), client, ports.get(i), initial.toString()));
        }
        return nodes;
    }

    /** Free until another process takes one. */
    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * NODES; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName(PortLayout.HOST)));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private void awaitHealth() throws IOException, LocalClusterException {
        if (!Waiting.until(READY_MS, () -> nodes.keySet().stream().allMatch(EtcdNode::isHealthy))) {
            throw LocalClusterException.failed(
                    "etcd is not ready after " + READY_MS / 1_000 + " s; its logs are in " + folder);
        }
        for (long pid : pids()) {
            ProcessorShare.yieldToGenerator(pid);
        }
    }

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public List<Endpoint> endpoints() {
        return nodes.keySet().stream().map(EtcdNode::client).toList();
    }

    @Override
    public Protocol protocol() {
        return new EtcdProtocol();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public List<Long> pids() {
        return nodes.values().stream()
                .filter(Process::isAlive)
                .map(Process::pid)
                .toList();
    }

    @Override
    public List<Endpoint> chooseVictim() throws LocalClusterException {
        EtcdNode leader = nodes.keySet().stream()
                .filter(EtcdNode::isLeader)
                .findFirst()
                .orElseThrow(() -> LocalClusterException.failed("no node of etcd is the leader"));
        victim = Optional.of(leader);
        return nodes.keySet().stream()
                .filter(node -> !node.equals(leader))
                .map(EtcdNode::client)
                .toList();
    }

    @Override
    public void killVictim() {
        Process process = nodes.get(victim.orElseThrow()).destroyForcibly();
        Waiting.until(READY_MS, () -> !process.isAlive());
    }

    @Override
    public void killAll() {
        nodes.values().forEach(Process::destroyForcibly);
        Waiting.until(READY_MS, () -> nodes.values().stream().noneMatch(Process::isAlive));
    }

    @Override
    public void startMissing() throws IOException, LocalClusterException {
        for (Map.Entry<EtcdNode, Process> node : nodes.entrySet()) {
            if (!node.getValue().isAlive()) {
                node.setValue(node.getKey().start());
            }
        }
        awaitHealth();
    }

    @Override
    public void close() throws IOException {
        killAll();
        FolderTree.delete(folder);
    }
}
