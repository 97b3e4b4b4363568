package io.quorate.deploy.local.folder;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.fault.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One node of a local cluster, as its folder shows it. */
public record NodeFolder(NodeId id, Path path) {
    /** The name of every local cluster. */
    public static final String CLUSTER = "local";

    public enum ProcessState {
        RUNNING,
        PAUSED,
        DOWN;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Path configuration() {
        return path.resolve("node.yaml");
    }

    public Path log() {
        return path.resolve("node.log");
    }

    public Path faultsFile() {
        return path.resolve("faults.json");
    }

    public Faults faults() throws IOException {
        return Faults.read(faultsFile());
    }

    /** The last process that was started for it. */
    public Optional<NodeProcess> process() {
        try {
            return NodeProcess.parse(Files.readString(pidFile())).filter(NodeProcess::isRunning);
        } catch (IOException e) {
            return Optional.empty(); // it was never started
        }
    }

    public void setProcess(NodeProcess process) throws IOException {
        Files.writeString(pidFile(), process.line());
    }

    public boolean isRunning() {
        return process().isPresent();
    }

    public ProcessState state() {
        return process()
                .map(process -> process.isPaused() ? ProcessState.PAUSED : ProcessState.RUNNING)
                .orElse(ProcessState.DOWN);
    }

    /** Does nothing if the node does not run. */
    public void signal(String name) throws IOException {
        Optional<NodeProcess> process = process();
        if (process.isPresent()) {
            process.get().signal(name);
        }
    }

    public boolean hasData() {
        return Files.isDirectory(path.resolve("data"));
    }

    public boolean wasInitialised() {
        return Files.exists(initialised());
    }

    public void markInitialised() throws IOException {
        if (!wasInitialised()) {
            Files.createFile(initialised());
        }
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Writes the configuration, unless there is one.
     *
     * @param secured whether the cluster has certificates and an access file, beside this folder
     */
    public void configure(PortLayout layout, boolean secured) throws IOException {
        Files.createDirectories(path);
        if (Files.exists(configuration())) {
            return;
        }
        StringBuilder yaml = new StringBuilder();
        yaml.append(
                "# Made by 'quorate cluster', never overwritten. All options: conf/node.yaml of the distribution.\n");
        yaml.append("clusterId: ")
                .append(CLUSTER)
                .append("\nnodeId: ")
                .append(id)
                .append("\ndataDirectory: data\n");
        yaml.append("httpPort: ").append(layout.httpPort(id)).append('\n');
        yaml.append("peerPort: ").append(layout.peerPort(id)).append('\n');
        if (secured) {
            yaml.append("tlsCertificate: ../certs/").append(id).append(".crt\n");
            yaml.append("tlsKey: ../certs/").append(id).append(".key\n");
            yaml.append("tlsCa: ../").append(PortLayout.AUTHORITIES).append('\n');
            yaml.append("accessFile: ../").append(PortLayout.ACCESS).append('\n');
        }
        yaml.append("members:\n");
        for (NodeId member : layout.nodes()) {
            yaml.append("  - {id: ").append(member).append(", host: ").append(PortLayout.HOST);
            yaml.append(", port: ").append(layout.peerPort(member));
            yaml.append(", httpPort: ").append(layout.httpPort(member)).append("}\n");
        }
        Files.writeString(configuration(), yaml);
    }

    /** How long its log is now. What a process writes that starts later stands behind that. */
    public long logBytes() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    /** @param start as {@link #logBytes} was */
    public List<String> endOfLog(int lines, long start) throws IOException {
        try (InputStream log = Files.newInputStream(log())) {
            log.skipNBytes(Files.size(log()) < start ? 0 : start); // somebody may have emptied it
            List<String> list = new String(log.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return list.subList(Math.max(0, list.size() - lines), list.size());
        }
    }

    private Path pidFile() {
        return path.resolve("pid");
    }

    private Path initialised() {
        return path.resolve("initialised");
    }
}
