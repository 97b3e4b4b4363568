package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A process that coordinates and keeps no data. */
public final class LocalCoordinator {
    private final String id;
    private final int httpPort;
    private final Path folder;
    private final Map<String, String> environment;
    private final Path distribution;
    private ServerProcess process;

    LocalCoordinator(
            String id,
            int httpPort,
            Path folder,
            List<LocalNode> members,
            Map<String, String> environment,
            Path distribution) {
        this.environment = environment;
        this.distribution = distribution;
        this.id = id;
        this.httpPort = httpPort;
        this.folder = folder;
        String yaml = "clusterId: test\nnodeId: " + id + "\nhttpPort: " + httpPort + "\nmembers:\n"
                + members.stream().map(LocalNode::memberLine).collect(Collectors.joining());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("coordinator.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return id;
    }

    public int httpPort() {
        return httpPort;
    }

    void start() {
        process = ServerProcess.start(
                distribution,
                folder.resolve("coordinator.log"),
                List.of(),
                environment,
                "coordinator",
                "--config",
                folder.resolve("coordinator.yaml").toString());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void destroy() {
        process.kill();
    }

    String endOfLog() {
        return "--- " + id + "\n" + log();
    }

    public String log() {
        try {
            return Files.readString(folder.resolve("coordinator.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
