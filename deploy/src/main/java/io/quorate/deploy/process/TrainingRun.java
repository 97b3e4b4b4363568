package io.quorate.deploy.process;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.NodeConfiguration;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a whole cluster in this one process for a moment: a node, and a coordinator that reaches it by TCP. By that it
 * loads the classes that servers load. The JVM keeps them in an archive, from which real servers start in half the
 * time.
 */
public final class TrainingRun {
    private static final long READY_TIMEOUT_S = 30;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The smallest, so that a moment of load makes tables and merges them. */
    private static final int MEMTABLE_BYTES = 1 << 20;

    private final Path folder;
    private final int nodePort;
    private final int coordinatorPort;

    /** @param folder an empty folder, for the node's data */
    public TrainingRun(Path folder) throws IOException {
        this.folder = folder;
        this.nodePort = freePort();
        this.coordinatorPort = freePort();
        int peerPort = freePort();
        String shared = "clusterId: training\nmembers: [{id: n1, host: 127.0.0.1, port: " + peerPort + "}]\n";
        Files.writeString(
                folder.resolve("node.yaml"),
                shared + "nodeId: n1\ndataDirectory: data\nhttpPort: " + nodePort + "\npeerPort: " + peerPort
                        + "\nmemtableBytes: " + MEMTABLE_BYTES + "\n");
        Files.writeString(
                folder.resolve("coordinator.yaml"), shared + "nodeId: c1\nhttpPort: " + coordinatorPort + "\n");
    }

    /** Starts both servers, sends requests to both, and leaves them running. They close when this process ends. */
    public void run() throws ConfigurationException, IOException {
        NodeConfiguration node = NodeConfiguration.read(folder.resolve("node.yaml"), Map.of());
        CoordinatorConfiguration coordinator =
                CoordinatorConfiguration.read(folder.resolve("coordinator.yaml"), Map.of());
        inBackground("node", () -> ServerProcess.runNode(node, Start.INIT));
        inBackground("coordinator", () -> ServerProcess.runCoordinator(coordinator));
        for (int port : new int[] {nodePort, coordinatorPort}) {
            awaitReady(port);
            send("PUT", port, "/v1/kv/key");
            send("GET", port, "/v1/kv/key");
            send("GET", port, "/v1/cluster");
            send("DELETE", port, "/v1/kv/key");
            send("GET", port, "/metrics");
        }
    }

    /** Where the node answers HTTP. */
    public int nodePort() {
        return nodePort;
    }

    /** Where the coordinator answers HTTP. */
    public int coordinatorPort() {
        return coordinatorPort;
    }

    private interface Server {
        void run() throws StartException;
    }

    private static void inBackground(String name, Server server) {
        Thread thread = new Thread(
                () -> {
                    try {
                        server.run();
                    } catch (StartException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "training-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitReady(int port) throws IOException {
        long deadlineNs = SystemClock.INSTANCE.monotonicNs() + TimeUnit.SECONDS.toNanos(READY_TIMEOUT_S);
        while (!isReady(port)) {
            if (SystemClock.INSTANCE.monotonicNs() - deadlineNs > 0) {
                throw new IOException(
                        "the training server on port " + port + " was not ready in " + READY_TIMEOUT_S + " s");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static boolean isReady(int port) {
        try {
            return send("GET", port, "/health/ready") == 200;
        } catch (IOException e) {
            return false; // no server listens there yet
        }
    }

    private static int send(String method, int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        if (method.equals("PUT")) {
            connection.setDoOutput(true);
            connection.getOutputStream().write("value".getBytes(StandardCharsets.US_ASCII));
        }
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
