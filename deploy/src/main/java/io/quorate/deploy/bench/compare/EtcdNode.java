package io.quorate.deploy.bench.compare;

import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.NodeGet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One etcd process with its defaults, but for a quota that a long run does not reach.
 *
 * @param peerPort of its own
 * @param initial all members, as {@code --initial-cluster} has them
 */
record EtcdNode(Path program, Path folder, String name, Endpoint client, int peerPort, String initial) {
    private static final int TIMEOUT_MS = 2_000;
    private static final long QUOTA_BYTES = 8L << 30;

    Process start() throws IOException {
        String peer = "http://" + client.host() + ":" + peerPort;
        String clients = "http://" + client;
        List<String> command = new ArrayList<>(List.of("setsid", program.toString()));
        command.addAll(
                List.of("--name", name, "--data-dir", folder.resolve(name).toString()));
        command.addAll(List.of("--listen-client-urls", clients, "--advertise-client-urls", clients));
        command.addAll(List.of("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer));
        command.addAll(List.of("--initial-cluster", initial, "--initial-cluster-state", "new"));
        command.addAll(List.of("--quota-backend-bytes", Long.toString(QUOTA_BYTES), "--log-level", "error"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
    }

    boolean isHealthy() {
        try {
            return new NodeGet(client, "/health", TIMEOUT_MS).text().contains("true");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    boolean isLeader() {
        try {
            return new NodeGet(client, "/metrics", TIMEOUT_MS)
                    .text()
                    .lines()
                    .anyMatch("etcd_server_is_leader 1"::equals);
        } catch (IOException e) {
            return false;
        }
    }
}
